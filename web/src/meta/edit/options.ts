// The closed choices of a field: its own, or those meta holds for its link.
import { meta, type Choice, type Field } from '../meta.svelte';

const named = (list: { id: number; name: string }[]): Choice[] =>
  list.map((x) => ({ value: String(x.id), label: x.name }));

export function optionsOf(f: Field): Choice[] | null {
  if (f.choices) return f.choices;
  if (f.type === 'currency') return meta().currencies.map((value) => ({ value, label: value }));
  const m = meta();
  if (f.to === 'user') return named(m.users.filter((u) => u.active !== false));
  if (f.to === 'source') return named(m.sources);
  if (f.to === 'lead_status') return named(m.lead_statuses);
  if (f.to === 'stage') return named(m.stages);
  if (f.to === 'pipeline') return named(m.pipelines);
  if (f.to === 'reason') return named(m.reasons);
  if (f.to === 'team') return named(m.teams);
  return null;
}
