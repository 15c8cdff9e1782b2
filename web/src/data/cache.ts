// A record may stand in many answers at once: its page, lists, the agenda, the board.
import { client } from './client';
import { net } from './net.svelte';
import type { Rec } from './types';

type Fields = Record<string, unknown>;
const kinds = new Set(['record', 'list', 'agenda', 'board', 'related']);

function swap(value: unknown, entity: string, id: number, fields: Fields): unknown {
  if (Array.isArray(value)) {
    let changed = false;
    const next = value.map((v: unknown) => {
      const w = swap(v, entity, id, fields);
      if (w !== v) changed = true;
      return w;
    });
    return changed ? next : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const o = value as Fields;
  if (o['id'] === id && o['entity'] === entity && 'title' in o) return { ...o, ...fields };
  for (const part of ['pages', 'items', 'columns']) {
    if (!(part in o)) continue;
    const inner = swap(o[part], entity, id, fields);
    return inner === o[part] ? value : { ...o, [part]: inner };
  }
  return value;
}
/** Show these fields of a record everywhere at once; what comes back puts the old ones back. */
export function showEverywhere(entity: string, id: number, fields: Fields): () => void {
  const before: [readonly unknown[], unknown][] = [];
  for (const q of client.getQueryCache().getAll()) {
    if (!kinds.has(String(q.queryKey[0])) || q.state.data === undefined) continue;
    const next = swap(q.state.data, entity, id, fields);
    if (next === q.state.data) continue;
    before.push([q.queryKey, q.state.data]);
    client.setQueryData(q.queryKey, next);
  }
  return () => before.forEach(([key, data]) => client.setQueryData(key, data));
}
export function showRecord(r: Rec): void {
  showEverywhere(r.entity, r.id, r);
  client.setQueryData(['record', r.entity, r.id], r);
}
/** What a write may have changed beyond the record itself. */
export function refresh(entity?: string, id?: number): void {
  net.behind.clear();
  const stale = (key: unknown[]) => void client.invalidateQueries({ queryKey: key });
  if (entity && id) {
    stale(['record', entity, id]);
    stale(['progress', id]);
  }
  if (entity) stale(['list', entity]);
  for (const k of [
    'timeline',
    'related',
    'folder',
    'judged',
    'twins',
    'agenda',
    'board',
    'operations',
    'kpi',
    'tour',
  ])
    stale([k]);
}
export const refreshAll = (): void => void client.invalidateQueries();
