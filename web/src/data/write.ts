// Every write passes here: shown at once, said in a toast that can take it back.
import { open } from '../app/overlays.svelte';
import { complain, dismiss, say, toasts } from '../app/toasts.svelte';
import { t } from '../app/words.svelte';
import { call, post, Problem, type Answer } from './api';
import { refresh, refreshAll, showEverywhere, showRecord } from './cache';
import { loadMeta, plural } from '../meta/meta.svelte';
import type { Rec, Warning } from './types';

const stack: number[] = [];

/** Remember an operation and say it with its Undo. */
export function done(text: string, operation: number | null): void {
  if (operation) {
    stack.push(operation);
    if (stack.length > 50) stack.shift();
  }
  if (text) say(text, { operation });
}
/** What the answer warns of beyond its fields: somebody has more open leads than can be followed (S5.18). */
export function warn(body: unknown): void {
  const warnings = (body as { warnings?: Warning[] } | null)?.warnings ?? [];
  for (const w of warnings)
    if (w.kind === 'open_leads' && w.owner_id) {
      const owner = w.owner_id;
      say(w.text, {
        tone: 'warn',
        offer: { text: t('parkable.do'), run: () => open({ kind: 'parkable', owner }) },
      });
    }
}
/** Run a write; say what was done, or why not. Null when it was refused. */
export async function act<T>(run: () => Promise<Answer<T>>, text: (body: T) => string): Promise<T | null> {
  try {
    const { body, operation } = await run();
    done(text(body), operation);
    warn(body);
    refresh();
    return body;
  } catch (e) {
    if (!(e instanceof Problem)) throw e;
    complain(e.message, e.status === 0 ? () => void act(run, text) : null);
    return null;
  }
}
/** A verb of a record that answers with the record; `fields` are shown before the answer. */
export async function verb(
  r: Rec,
  name: string,
  body: Record<string, unknown>,
  text: (r: Rec) => string,
  fields: Record<string, unknown> = {},
): Promise<Rec | null> {
  const back = showEverywhere(r.entity, r.id, fields);
  const answer = await act(() => post<Rec>(`${plural(r.entity)}/${r.id}/${name}`, body), text);
  if (!answer) back();
  else if (answer.id === r.id) showRecord(answer);
  refresh(r.entity, r.id);
  return answer;
}
/** Change fields of a record. Throws the Problem when a field is refused, so that it stands by the field. */
export async function edit(r: Rec, fields: Record<string, unknown>, label: string): Promise<Rec> {
  const back = showEverywhere(r.entity, r.id, fields);
  const path = `${plural(r.entity)}/${r.id}`;
  try {
    const { body, operation } = await call<Rec>('PATCH', path, {
      body: fields,
      match: r.version < 0 ? undefined : r.version,
    });
    showRecord(body);
    done(t('edit.saved', label), operation);
    warn(body);
    refresh(r.entity);
    return body;
  } catch (e) {
    if (e instanceof Problem && e.status === 0) {
      await (await import('./unsent')).keepUnsent(r, fields, label);
      return { ...r, ...fields };
    }
    back();
    if (e instanceof Problem && e.kind === 'stale') {
      const c = e.conflicts[0];
      complain(t('edit.stale', label, c?.by ?? ''), () => void edit({ ...r, version: -1 }, fields, label));
      refresh(r.entity, r.id);
    }
    throw e;
  }
}
export async function undo(operation: number, skip = false): Promise<void> {
  for (const x of toasts()) if (x.operation === operation) dismiss(x.id);
  const at = stack.lastIndexOf(operation);
  if (at >= 0) stack.splice(at, 1);
  try {
    await post(`operations/${operation}/undo`, { skip_conflicts: skip });
    say(t('undo.done'));
    await loadMeta();
  } catch (e) {
    if (!(e instanceof Problem)) throw e;
    if (e.conflicts.length) open({ kind: 'undo', operation, conflicts: e.conflicts });
    else complain(e.message);
  }
  refreshAll();
}
export function undoLast(): void {
  const last = stack.at(-1);
  if (last) void undo(last);
  else say(t('undo.nothing'));
}
