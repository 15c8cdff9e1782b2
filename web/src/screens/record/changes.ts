// What one operation changed, in lines for people.
import { t } from '../../app/words.svelte';
import type { Change, TimelineItem } from '../../data/types';
import { readable, shortTime } from '../../meta/format';
import { show } from '../../meta/kinds';
import { field } from '../../meta/meta.svelte';

export interface Line {
  label: string;
  old: string;
  now: string;
}
const silent = new Set(['status_type', 'status_since', 'stage_since', 'agenda']);

function words(entity: string, c: Change, side: 'old' | 'new'): string {
  const f = field(entity, c.field);
  if (f && ['time', 'date', 'money', 'decimal', 'percent', 'bool'].includes(f.type))
    return show(f, { [c.field]: c[side] });
  return readable(c[`${side}_text`] ?? '');
}
/** `Chiamata, 21/11 14:10, offerta da rivedere` */
function nextAction(changes: Change[]): Line[] {
  const of = (name: string) => changes.find((c) => c.field === `next_action_${name}`);
  const at = of('at')?.new;
  const parts = [of('kind')?.new_text, typeof at === 'string' ? shortTime(at) : '', of('note')?.new_text];
  const now = parts.filter(Boolean).join(', ');
  return now ? [{ label: t('action.next'), old: '', now }] : [];
}
export function linesOf(item: TimelineItem, entity: string): Line[] {
  const changes = (item.changes ?? []).filter((c) => !silent.has(c.field));
  const isNext = (c: Change) => c.field.startsWith('next_action_');
  const lines = changes
    .filter((c) => !isNext(c))
    .map((c) => ({ label: c.label, old: words(entity, c, 'old'), now: words(entity, c, 'new') }));
  return [...lines, ...nextAction(changes.filter(isNext))].map((l) =>
    l.label === item.text ? { ...l, label: '' } : l,
  );
}
