// Field edits and cells of sheets that found no line: kept in this browser, sent when the server answers again.
// The shell loads it once the first screen stands, long before a line can be missed.
import { complain, say } from '../app/toasts.svelte';
import { t } from '../app/words.svelte';
import { meta, plural } from '../meta/meta.svelte';
import { call, Problem } from './api';
import { refreshAll } from './cache';
import { net } from './net.svelte';
import type { Rec } from './types';

interface Unsent {
  key: string;
  user: number;
  entity: string;
  record: number;
  version: number;
  fields: Record<string, unknown>;
  label: string;
  /** Cells of a prospect list, all its edits as one. */
  cells?: Cells;
}
interface Cells {
  set: { id: number; key: string; value: string }[];
  add: { values: Record<string, string> }[];
}
const answer = <T>(r: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    r.onsuccess = () => resolve(r.result);
    r.onerror = () => reject(r.error);
  });
async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const asked = indexedDB.open('crisalide', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('unsent', { keyPath: 'key' });
  return (await answer(asked)).transaction('unsent', mode).objectStore('unsent');
}
async function mine(): Promise<Unsent[]> {
  const all = await answer<Unsent[]>((await store('readonly')).getAll());
  const list = all.filter((x) => x.user === meta().me.id);
  net.unsent = list.length;
  return list;
}
/** Edits of one record wait together, on the version the first of them saw. */
export async function keepUnsent(r: Rec, fields: Record<string, unknown>, label: string): Promise<void> {
  const user = meta().me.id;
  const key = `${user}:${r.entity}:${r.id}`;
  const before = (await mine()).find((x) => x.key === key);
  const edit: Unsent = {
    key,
    user,
    entity: r.entity,
    record: r.id,
    version: before?.version ?? r.version,
    fields: { ...before?.fields, ...fields },
    label: before && before.label !== label ? `${before.label}, ${label}` : label,
  };
  await answer((await store('readwrite')).put(edit));
  await mine();
}
/** Cells of a sheet wait together; of one cell the last value counts. */
export async function keepCells(
  list: number,
  set: Cells['set'],
  add: Cells['add'],
  label: string,
): Promise<void> {
  const user = meta().me.id;
  const key = `${user}:cells:${list}`;
  const before = (await mine()).find((x) => x.key === key)?.cells ?? { set: [], add: [] };
  const kept = before.set.filter((b) => !set.some((s) => s.id === b.id && s.key === b.key));
  const cells = { set: [...kept, ...set], add: [...before.add, ...add] };
  const edit: Unsent = {
    key,
    user,
    entity: 'prospect_list',
    record: list,
    version: 0,
    fields: {},
    label,
    cells,
  };
  await answer((await store('readwrite')).put(edit));
  await mine();
}
const write = (x: Unsent) =>
  x.cells
    ? call('POST', `prospect-lists/${x.record}/cells`, { body: { ...x.cells, after: null } })
    : call<Rec>('PATCH', `${plural(x.entity)}/${x.record}`, { body: x.fields, match: x.version });

async function send(x: Unsent): Promise<boolean> {
  try {
    await write(x);
    say(t('edit.saved', x.label));
  } catch (e) {
    if (!(e instanceof Problem)) throw e;
    if (e.status === 0) return false;
    complain(t('offline.refused', x.label, e.message));
  }
  await answer((await store('readwrite')).delete(x.key));
  return true;
}
async function sendAll(): Promise<void> {
  const list = await mine();
  for (const x of list) if (!(await send(x))) return;
  if (list.length) refreshAll();
  await mine();
}
/** Send what waits, in one tab alone. */
export async function sendUnsent(): Promise<void> {
  // Without TLS there are no locks: sending twice is harmless, the second finds nothing to change.
  if (!('locks' in navigator)) return sendAll();
  await navigator.locks.request('crisalide-unsent', { ifAvailable: true }, (lock) =>
    lock ? sendAll() : undefined,
  );
}
