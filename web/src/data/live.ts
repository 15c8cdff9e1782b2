// Live changes: one stream a browser. The tab that holds the lock listens, the others hear from it.
import { SvelteSet } from 'svelte/reactivity';
import type { Attachment } from 'svelte/attachments';
import { entity, loadMeta, plural } from '../meta/meta.svelte';
import { get } from './api';
import { refresh, showEverywhere } from './cache';
import { client } from './client';
import { net } from './net.svelte';
import type { Rec } from './types';
import type { Run } from '../screens/merge/types';

export interface LiveChange {
  operation_id: number;
  kind: string;
  user_id: number;
  user: string;
  records: { entity: string; id: number }[];
  /** It changed more records than are told here. */
  more?: boolean;
}
export interface ImportEvent {
  id: number;
  state: string;
  progress: Record<string, number> | null;
}
type Heard =
  | { event: 'change'; data: LiveChange }
  | { event: 'import'; data: ImportEvent }
  | { event: 'duplicates'; data: Run };
const ears = new Set<(h: Heard) => void>();
/** Records a colleague has just changed, as `entity:id`: they flash. */
export const fresh = new SvelteSet<string>();
let held = 0;
let still = 0;
let waiting: LiveChange[] = [];

/** What says how cards look. */
const shapes = new Set(['custom_field', 'field_layout', 'field_panel']);

/** While something is being dragged, changes wait. */
export function hold(): () => void {
  held++;
  return () => {
    held--;
    if (!held) settle();
  };
}
export function hear(f: (h: Heard) => void): () => void {
  ears.add(f);
  return () => ears.delete(f);
}
function flash(key: string): void {
  fresh.add(key);
  window.setTimeout(() => fresh.delete(key), 1700);
}
/** While the pointer is over a list nothing in it changes place: what is new is counted and waits. */
export function calm(): Attachment<HTMLElement> {
  return (node) => {
    let over = false;
    const set = (now: boolean) => {
      if (now === over) return;
      over = now;
      still += now ? 1 : -1;
      if (!still) catchUp();
    };
    const enter = (e: PointerEvent) => set(e.pointerType === 'mouse');
    const leave = () => set(false);
    node.addEventListener('pointerenter', enter);
    node.addEventListener('pointerleave', leave);
    return () => {
      node.removeEventListener('pointerenter', enter);
      node.removeEventListener('pointerleave', leave);
      leave();
    };
  };
}
/** Show what waits. */
export function catchUp(): void {
  const keys = [...net.behind];
  net.behind.clear();
  for (const e of new Set(keys.map((k) => k.split(':')[0]))) refresh(e);
  keys.forEach(flash);
}
/** A row that is shown takes its new values where it stands. */
async function showInPlace(entity: string, id: number): Promise<void> {
  const r = await get<Rec>(`${plural(entity)}/${id}`).catch(() => null);
  if (r) showEverywhere(entity, id, r);
}
function settle(): void {
  const now = waiting;
  waiting = [];
  if (now.some((c) => c.records.some((r) => shapes.has(r.entity)))) void loadMeta();
  for (const r of new Map(now.flatMap((c) => c.records).map((x) => [`${x.entity}:${x.id}`, x])).values()) {
    const key = `${r.entity}:${r.id}`;
    net.behind.add(key);
    flash(key);
    if (still && net.behind.size <= 10 && entity(r.entity)) void showInPlace(r.entity, r.id);
    void client.invalidateQueries({ queryKey: ['record', r.entity, r.id] });
    if (r.entity === 'lead') void client.invalidateQueries({ queryKey: ['progress', r.id] });
  }
  if (!still) return catchUp();
  for (const k of ['timeline', 'related', 'folder', 'judged', 'twins'])
    void client.invalidateQueries({ queryKey: [k] });
}
let timer = 0;
function take(h: Heard): void {
  for (const f of ears) f(h);
  if (h.event !== 'change' || net.own.has(h.data.operation_id)) return;
  waiting.push(h.data);
  window.clearTimeout(timer);
  timer = window.setTimeout(() => !held && settle(), 120);
}
function listen(channel: BroadcastChannel, signal: AbortSignal): Promise<void> {
  const source = new EventSource('/api/v1/events');
  for (const event of ['change', 'import', 'duplicates'] as const)
    source.addEventListener(event, (m: MessageEvent<string>) => {
      const heard = { event, data: JSON.parse(m.data) } as Heard;
      channel.postMessage(heard);
      take(heard);
    });
  source.addEventListener('open', () => (net.offline = false));
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => {
      source.close();
      resolve();
    }),
  );
}
export function startLive(): () => void {
  const channel = new BroadcastChannel('crisalide');
  const stop = new AbortController();
  channel.addEventListener('message', (m: MessageEvent<Heard>) => take(m.data));
  const lock = navigator.locks?.request('crisalide-live', { signal: stop.signal }, () =>
    listen(channel, stop.signal),
  );
  if (lock) lock.catch(() => undefined);
  else void listen(channel, stop.signal);
  return () => {
    stop.abort();
    channel.close();
  };
}
