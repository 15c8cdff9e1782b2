// What a row's and a heading's menu offer.
import { t } from '../../app/words.svelte';
import { entity, meta } from '../../meta/meta.svelte';
import type { Item } from '../../ui/MenuList.svelte';
import type { Layout } from './layout.svelte';
import type { Rows } from './rows.svelte';
import type { ListColumn, Row } from './types';

export interface RowDeeds {
  lead: (owner: number | null) => void;
  owners: () => void;
  open: () => void;
  answered: () => void;
  consent: () => void;
  insert: (below: boolean) => void;
  move: (to: 'up' | 'down' | 'top') => void;
  discard: () => void;
  restore: () => void;
}
export function rowMenu(rows: Rows, row: Row | undefined, many: number, d: RowDeeds): Item[] {
  if (!row) return [];
  if (rows.shown === 'discarded') return [{ text: t('remove.restore'), run: d.restore }];
  const items: Item[] = [];
  const add = (text: string, run: () => void, more: Partial<Item> = {}) => items.push({ text, run, ...more });
  if (row.lead_id) add(t('sheet.open'), () => d.lead(null), { hint: 'Ctrl ↵' });
  else {
    add(t('sheet.lead'), () => d.lead(null), { tone: 'ok', hint: '+' });
    add(t('sheet.leadTo'), d.owners);
  }
  add(t('sheet.form'), d.open);
  if (entity('campaign') && entity('touch')?.can.create) add(t('sheet.answered'), d.answered);
  if (entity('consent')?.can.create) add(t('sheet.consent', many), d.consent);
  add(t('sheet.insertAbove'), () => d.insert(false), { hint: 'Ctrl ⇧ +' });
  add(t('sheet.insertBelow'), () => d.insert(true));
  add(t('sheet.up'), () => d.move('up'), { hint: 'Alt ⇧ ↑' });
  add(t('sheet.down'), () => d.move('down'), { hint: 'Alt ⇧ ↓' });
  add(t('sheet.top'), () => d.move('top'));
  add(t('sheet.discard', many), d.discard, { tone: 'bad' });
  return items;
}
export const ownerMenu = (choose: (owner: number) => void): Item[] =>
  meta()
    .users.filter((u) => u.active !== false)
    .map((u) => ({ text: u.name, run: () => choose(u.id) }));

export interface HeadDeeds {
  sort: (down: boolean | null) => void;
  filter: () => void;
  move: (by: 1 | -1) => void;
  change: (c: ListColumn) => void;
  add: () => void;
}
export function headMenu(
  rows: Rows,
  layout: Layout,
  key: string,
  shown: string[],
  d: HeadDeeds,
  writable: boolean,
) {
  const column = rows.columns().find((c) => c.key === key);
  const at = shown.indexOf(key);
  const items: Item[] = [];
  const add = (text: string, run: () => void, more: Partial<Item> = {}) => items.push({ text, run, ...more });
  add(t('sheet.ascending'), () => d.sort(false));
  add(t('sheet.descending'), () => d.sort(true));
  if (rows.sort) add(t('sheet.unsorted'), () => d.sort(null));
  add(t('list.filter'), d.filter);
  if (at > 1) add(t('sheet.left'), () => d.move(-1));
  if (at < shown.length - 1) add(t('sheet.right'), () => d.move(1));
  if (layout.frozen === at) add(t('sheet.unpin'), () => layout.freeze(0));
  else add(t('sheet.pin'), () => layout.freeze(at));
  if (column) add(t('sheet.hide'), () => layout.show(key, false));
  if (column?.own && writable) add(t('sheet.changeColumn'), () => d.change(column));
  if (writable) add(t('sheet.addColumn'), d.add);
  return items;
}
