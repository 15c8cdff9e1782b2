// One registry of keys: the help page and the palette read it, the document listens once.
import { overlay } from './overlays.svelte';
import { prefs } from './prefs.svelte';
import type { Word } from './words.svelte';

export type Where = 'global' | 'list' | 'board' | 'lead' | 'todo' | 'sheet' | 'call';
export interface Shortcut {
  keys: string;
  word: Word;
  where: Where;
  run: (event: KeyboardEvent) => void;
}
const registered = new Set<Shortcut>();
let pending = '';
let pendingTimer = 0;

/** Register keys; what comes back takes them away again. */
export function keys(list: Shortcut[]): () => void {
  for (const s of list) registered.add(s);
  return () => {
    for (const s of list) registered.delete(s);
  };
}
export const shortcuts = (): Shortcut[] => [...registered];

export function keyName(event: KeyboardEvent): string {
  const name =
    event.key.length === 1 ? event.key.toLowerCase() : event.key.replace('Arrow', '').toLowerCase();
  const mods = (event.ctrlKey || event.metaKey ? 'ctrl+' : '') + (event.altKey ? 'alt+' : '');
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key)) ? 'shift+' : '';
  return mods + shift + (name === ' ' ? 'space' : name);
}
function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
/** Enter and the space bar belong to the button, link or menu that has the focus. */
function pressing(name: string, target: EventTarget | null): boolean {
  if (name !== 'enter' && name !== 'space') return false;
  return target instanceof HTMLElement && target.matches('button, a, summary, [role=menu], [role=menu] *');
}
function find(name: string): Shortcut | undefined {
  return [...registered].reverse().find((s) => s.keys === name);
}
function listen(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = keyName(event);
  const single = !name.includes('ctrl+') && !name.includes('alt+');
  if (pressing(name, event.target)) return;
  if (single && typing(event.target)) return;
  if (document.querySelector('[role=menu]:popover-open')) return;
  if ((overlay() || document.querySelector('dialog[open]')) && name !== 'z') return;
  if (single && name.length === 1 && !prefs.letters) return;
  const hit = find(pending ? `${pending} ${name}` : name) ?? find(name);
  window.clearTimeout(pendingTimer);
  pending = '';
  if (hit) {
    event.preventDefault();
    hit.run(event);
  } else if (name === 'g') {
    pending = 'g';
    pendingTimer = window.setTimeout(() => (pending = ''), 900);
  }
}
export function startShortcuts(): () => void {
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
/** How keys are written for people. */
export function keyText(k: string): string {
  const names: Record<string, string> = { ctrl: 'Ctrl', shift: '⇧', alt: 'Alt', left: '←', right: '→' };
  const more: Record<string, string> = { up: '↑', down: '↓', enter: '↵', escape: 'Esc', space: '␣' };
  return k
    .split(' ')
    .map((part) =>
      part
        .split('+')
        .map((p) => names[p] ?? more[p] ?? p.toUpperCase())
        .join(' '),
    )
    .join(' ');
}
