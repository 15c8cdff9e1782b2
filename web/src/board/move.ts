// A record goes to another step: shown at once, told to the server, taken back if refused; what the step asks for
// is asked then.
import { open } from '../app/overlays.svelte';
import { t } from '../app/words.svelte';
import { post, Problem } from '../data/api';
import { refresh, showEverywhere, showRecord } from '../data/cache';
import { client } from '../data/client';
import type { Board, Column, Rec } from '../data/types';
import { act, done } from '../data/write';
import { plural } from '../meta/meta.svelte';
import { moved } from './model';

export interface Step {
  id: number;
  name: string;
}
const stepField = (r: Rec) => (r.entity === 'lead' ? 'status_id' : 'stage_id');

export async function moveTo(r: Rec, step: Step): Promise<boolean> {
  const field = stepField(r);
  const back = showEverywhere(r.entity, r.id, { [field]: step.id });
  const run = async () => {
    try {
      return await post<Rec>(`${plural(r.entity)}/${r.id}/move`, { [field]: step.id });
    } catch (e) {
      const asked = e instanceof Problem ? Object.keys(e.fields).filter((f) => f !== field) : [];
      if (!asked.length) throw e;
      open({ kind: 'needs', record: r, step, asked });
      return null;
    }
  };
  let asking = false;
  const answer = await act(
    async () => {
      const a = await run();
      if (!a) asking = true;
      return a ?? { body: null, operation: null };
    },
    () => (asking ? '' : t('board.moved', r.title, step.name)),
  );
  if (answer) showRecord(answer);
  else back();
  refresh(r.entity, r.id);
  return answer !== null;
}
/** The same with what the step asks for. Throws the Problem, so that it stands by the fields. */
export async function moveWith(r: Rec, step: Step, fields: Record<string, unknown>): Promise<void> {
  const { body, operation } = await post<Rec>(`${plural(r.entity)}/${r.id}/move`, {
    [stepField(r)]: step.id,
    fields,
  });
  showRecord(body);
  refresh(r.entity, r.id);
  done(t('board.moved', r.title, step.name), operation);
}
export async function moveCard(r: Rec, to: Column, at = 0): Promise<boolean> {
  client.setQueriesData<Board>({ queryKey: ['board'] }, (b) => (b ? moved(b, r, to.key, at) : b));
  const ok = await moveTo(r, to);
  if (!ok) void client.invalidateQueries({ queryKey: ['board'] });
  return ok;
}
