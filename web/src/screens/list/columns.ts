// The columns of a list: what to call the record, what matters to its work, then the fields meta marks for lists.
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
const first = [
  'company_name',
  'company_id',
  'status_id',
  'stage_id',
  'state',
  'next_action_at',
  'owner_id',
  'expires_on',
];
const never = new Set(['list', 'json', 'longtext']);
const rank = (f: Field) => (first.indexOf(f.name) + first.length + 1) % (first.length + 1);
const always: ColumnOf[] = ['created_at', 'updated_at'].map((name) => ({
  name,
  label: '',
  right: true,
  sort: true,
  field: null,
}));

/** Every column the list could have, in order; the title is always the first. */
export function allColumns(e: Entity): ColumnOf[] {
  const title: ColumnOf = { name: 'title', label: t('list.name'), right: false, sort: true, field: null };
  const rest = e.fields
    .filter((f) => !inTitle.has(f.name) && !never.has(f.type) && !f.name.endsWith('_e164'))
    .map((f) => ({ name: f.name, label: f.label, right: kindOf(f).right, sort: f.sort, field: f }));
  const times = always.map((c) => ({
    ...c,
    label: t(c.name === 'created_at' ? 'list.created' : 'list.updated'),
  }));
  rest.sort((a, b) => rank(a.field) - rank(b.field));
  return [title, ...rest, ...times.filter((c) => !rest.some((r) => r.name === c.name))];
}
const usual = (c: ColumnOf): boolean => c.name === 'title' || (c.field?.list ?? false);

/** What this browser shows: names chosen by the user, or the usual ones. */
export function chosen(e: Entity, kept: string | null): Set<string> {
  const names = kept?.split(' ').filter(Boolean);
  return new Set(
    names ??
      allColumns(e)
        .filter(usual)
        .map((c) => c.name),
  );
}
