// The columns each list shows, kept in this browser.
import type { Entity } from '../../meta/meta.svelte';
import { allColumns, chosen, type ColumnOf } from './columns';

const key = (e: Entity) => `columns.${e.name}`;
let turn = $state(0);

export function shownColumns(e: Entity): ColumnOf[] {
  void turn;
  const names = chosen(e, localStorage.getItem(key(e)));
  return allColumns(e).filter((c) => c.name === 'title' || names.has(c.name));
}
/** Show these; null goes back to the usual ones. */
export function keepColumns(e: Entity, names: string[] | null): void {
  if (names) localStorage.setItem(key(e), names.join(' '));
  else localStorage.removeItem(key(e));
  turn++;
}
