// What one does to rows beyond their cells: a lead of one, a discarded one, another place. Each says what it did,
// with its Undo.
import { go } from '../../app/router.svelte';
import { complain, say } from '../../app/toasts.svelte';
import { t } from '../../app/words.svelte';
import { call, post, Problem } from '../../data/api';
import { refresh } from '../../data/cache';
import type { Rec } from '../../data/types';
import { done } from '../../data/write';
import { userName } from '../../meta/meta.svelte';
import { titleOf } from './draw';
import type { Edits } from './edits';
import type { Rows } from './rows.svelte';
import type { Row } from './types';

/** Why not, with the name of the cell that is in the way. */
export function told(rows: Rows, e: unknown): void {
  if (!(e instanceof Problem)) throw e;
  const label = (key: string) => rows.columns().find((c) => c.key === key)?.label ?? key;
  const fields = Object.entries(e.fields).map(([key, text]) => `${label(key)}: ${text}`);
  complain(fields.length ? fields.join(' · ') : e.message);
}
export async function makeLead(rows: Rows, edits: Edits, row: Row, owner: number | null): Promise<void> {
  if (row.lead_id) return go(`/leads/${row.lead_id}`);
  const name = titleOf(rows, row);
  await edits.settled();
  try {
    const { operation } = await post<{ lead: Rec }>(
      `prospects/${row.id}/lead`,
      owner ? { owner_id: owner } : {},
    );
    edits.made(operation, [row]);
    done(owner ? t('sheet.leadFor', name, userName(owner)) : t('sheet.leadMade', name), operation);
    refresh('lead');
    await rows.fetch([row.id], false);
  } catch (e) {
    told(rows, e);
  }
}
export async function discard(rows: Rows, edits: Edits, some: Row[], reason: string): Promise<void> {
  await edits.settled();
  const gone: Row[] = [];
  let last: number | null = null;
  try {
    for (const row of some) {
      const { operation } = await call('DELETE', `prospects/${row.id}`, { body: { reason } });
      edits.made(operation, [row]);
      last = operation;
      gone.push(row);
    }
  } catch (e) {
    told(rows, e);
  }
  if (!gone.length) return;
  rows.take(gone);
  rows.recount();
  const text = t('sheet.discarded', gone.length);
  if (gone.length === 1) done(text, last);
  else say(text);
}
export async function restore(rows: Rows, edits: Edits, row: Row): Promise<void> {
  try {
    const { operation } = await post(`prospects/${row.id}/restore`);
    edits.made(operation, [row]);
    rows.take([row]);
    done(t('remove.restored', titleOf(rows, row)), operation);
  } catch (e) {
    told(rows, e);
  }
}
/** The rows go one place up or down, or to the top. */
export async function moveRows(
  rows: Rows,
  edits: Edits,
  some: Row[],
  to: 'up' | 'down' | 'top',
): Promise<void> {
  if (rows.sort) return complain(t('sheet.sortedAlready'));
  const first = rows.view.indexOf(some[0]!);
  const last = first + some.length - 1;
  if (to === 'down' ? last + 1 >= rows.view.length : first === 0) return;
  const at = to === 'down' ? last + 1 : to === 'up' ? first - 2 : -1;
  const after = rows.view[at] ?? null;
  rows.move(some, after);
  await edits.settled();
  try {
    const { operation } = await post(`${rows.door}/move`, {
      ids: some.map((r) => r.id),
      after: after?.id ?? null,
    });
    edits.made(operation, some);
  } catch (e) {
    told(rows, e);
    void rows.load(true);
  }
}
