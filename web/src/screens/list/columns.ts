// The columns of a list: what to call the record, then the fields meta marks for lists.
import { t } from '../../app/words.svelte';
import { kindOf } from '../../meta/kinds';
import type { Entity, Field } from '../../meta/meta.svelte';

export interface ColumnOf {
  name: string;
  label: string;
  right: boolean;
  sort: boolean;
  field: Field | null;
}
const inTitle = new Set(['first_name', 'last_name', 'name', 'subject', 'salutation']);

export function columnsOf(e: Entity): ColumnOf[] {
  const title: ColumnOf = { name: 'title', label: t('list.name'), right: false, sort: true, field: null };
  const rest = e.fields
    .filter((f) => f.list && !inTitle.has(f.name))
    .map((f) => ({ name: f.name, label: f.label, right: kindOf(f).right, sort: f.sort, field: f }));
  return [title, ...rest];
}
