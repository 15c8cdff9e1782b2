// Short messages at the foot of the page; the last ones that can be undone, too.
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad' | 'warn';
  operation: number | null;
  again: (() => void) | null;
  /** What else one may do about it. */
  offer: { text: string; run: () => void } | null;
}
let shown = $state.raw<Toast[]>([]);
const timers = new Map<number, number>();
let lastId = 0;

export const toasts = (): Toast[] => shown;

export function dismiss(id: number): void {
  window.clearTimeout(timers.get(id));
  timers.delete(id);
  shown = shown.filter((x) => x.id !== id);
}
export function linger(id: number, ms: number): void {
  window.clearTimeout(timers.get(id));
  timers.set(
    id,
    window.setTimeout(() => dismiss(id), ms),
  );
}
export function say(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): void {
  const toast: Toast = {
    id: ++lastId,
    text,
    tone: 'plain',
    operation: null,
    again: null,
    offer: null,
    ...more,
  };
  shown = [...shown.slice(-2), toast];
  linger(toast.id, toast.tone === 'plain' ? 6000 : 9000);
}
export const complain = (text: string, again: (() => void) | null = null): void =>
  say(text, { tone: 'bad', again });
