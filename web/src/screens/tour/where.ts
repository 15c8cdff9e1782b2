// Where a step of the tour is done, and the control it is done by.
import { go } from '../../app/router.svelte';
import { href } from '../../meta/meta.svelte';
import type { Key, Next } from './types';

/** Where there is nothing yet to do it on. */
const otherwise: Record<Key, string> = {
  prospect: '/prospect-lists',
  action: '/',
  qualify: '/',
  convert: '/leads',
  win: '/pipeline',
};
function place(n: Next): string {
  if (!n.entity || !n.id) return otherwise[n.key];
  const path = href({ entity: n.entity, id: n.id });
  return n.key === 'prospect' ? `${path}/call` : path;
}
/** The page may take a moment: its control gets the focus when it is there. */
function focusOn(key: Key, until = Date.now() + 4000): void {
  const control = document.querySelector<HTMLElement>(`[data-step~="${key}"]:not(:disabled)`);
  if (control) control.focus();
  else if (Date.now() < until) window.requestAnimationFrame(() => focusOn(key, until));
}
export function lead(n: Next): void {
  go(place(n));
  if (n.id) focusOn(n.key);
}
