// A table of the set-up: read whole, changed row by row; what the UI draws from is asked anew.
import { client } from '../../data/client';
import { call, get, post } from '../../data/api';
import { act, edit } from '../../data/write';
import type { Page, Rec } from '../../data/types';
import { t } from '../../app/words.svelte';
import { loadMeta, meta, plural } from '../../meta/meta.svelte';

export const tableQuery = (entity: string) => ({
  queryKey: ['setup', entity],
  queryFn: async () => {
    const rows = (await get<Page<Rec>>(plural(entity), { limit: 500, names: true })).items;
    return rows.sort((a, b) => Number(a['position'] ?? 0) - Number(b['position'] ?? 0) || a.id - b.id);
  },
});
/** Whether the firm speaks the language that a field such as name_en is in. */
export const spoken = (name: string): boolean =>
  !/_(it|en)$/.test(name) || meta().langs.some((l) => name.endsWith(`_${l}`));

export async function changed(entity: string): Promise<void> {
  await Promise.all([client.invalidateQueries({ queryKey: ['setup', entity] }), loadMeta()]);
}
/** One cell; the Problem is thrown, so that it stands beside the cell. */
export async function keep(r: Rec, fields: Record<string, unknown>, label: string): Promise<void> {
  await edit(r, fields, label);
  await changed(r.entity);
}
export async function add(entity: string, fields: Record<string, unknown>): Promise<void> {
  await call<Rec>('POST', plural(entity), { body: fields });
  await changed(entity);
}
export async function order(entity: string, ids: number[]): Promise<void> {
  await act(
    () => post(`${plural(entity)}/order`, { ids }),
    () => t('setup.ordered'),
  );
  await changed(entity);
}
export async function remove(r: Rec): Promise<boolean> {
  const gone = await act(
    () => call<Rec>('DELETE', `${plural(r.entity)}/${r.id}`),
    () => t('setup.removed', r.title),
  );
  await changed(r.entity);
  return gone !== null;
}
/** Remove a step; what stands in it moves to another one first. */
export async function retire(r: Rec, to: number | null): Promise<boolean> {
  const gone = await act(
    () => post(`${plural(r.entity)}/${r.id}/retire`, to ? { to } : {}),
    () => t('setup.removed', r.title),
  );
  await changed(r.entity);
  return gone !== null;
}
