// What narrows a list, as one reads it: also what comes by a link and no dialog of ours would ask for.
import { t } from '../app/words.svelte';
import type { Names } from '../data/types';
import { canFilter, filterText, type Filter } from './filters';
import { dateText } from './format';
import { opsOf, type Op } from './kinds';
import { entity as entityOf, linkText, meta, type Entity, type Field } from './meta.svelte';

export interface Chip {
  /** Of the address: all of them go with it. */
  keys: string[];
  label: string;
  text: string;
  /** What a dialog can change; null: it can only be taken away. */
  filter: Filter | null;
}
const blank = {
  group: '',
  required: false,
  asked: false,
  hidden: false,
  custom: false,
  readonly: true,
  list: false,
  sort: false,
  filter: false,
  by_clock: false,
  quick: false,
  max: null,
  choices: null,
  to: null,
  suggest: null,
  initial: null,
};
/** When it was made and last changed: of every record, though no table of fields has it. */
export const instants = (): Field[] => [
  { ...blank, name: 'created_at', type: 'time', filter: true, label: t('list.created') },
  { ...blank, name: 'updated_at', type: 'time', filter: true, label: t('list.updated') },
];
/** What every list can be asked besides. */
const common = (): Field[] => [
  ...instants(),
  { ...blank, name: 'team_id', type: 'link', to: 'team', label: entityOf('team')?.label ?? '' },
];
const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);
/** A bound that is not in it, as the last day that is. */
function dayBefore(day: string): string {
  const d = new Date(`${day}T12:00:00Z`);
  d.setUTCDate(d.getUTCDate() - 1);
  return d.toISOString().slice(0, 10);
}
export function span(from: string | undefined, before: string | undefined): string {
  const last = before && dateText(dayBefore(before));
  if (from && last) return t('list.between', dateText(from), last);
  return from ? t('list.since', dateText(from)) : t('list.until', last ?? '');
}
function textOf(x: Filter, names: Names): string {
  if (x.field.type === 'link' && x.op === 'eq') return linkText(x.field, Number(x.value), names);
  return filterText(x);
}
/** `lead statuses or stages that were left`: `7:2026-01-01:2027-01-01`. */
function leftText(value: string): string {
  const [id, from, before] = value.split(':');
  const step = [...meta().lead_statuses, ...meta().stages].find((s) => s.id === Number(id));
  return `${step?.name ?? `#${id}`}, ${span(from, before)}`;
}
/** The two ends of one span of days. */
function spanOf(filters: Filter[], x: Filter): Filter[] {
  const ends = filters.filter(
    (f) => f.field.name === x.field.name && ['gte', 'lt'].includes(f.op) && isDay(f.value),
  );
  return ends.includes(x) ? ends : [];
}
function chipOf(filters: Filter[], x: Filter, names: Names): Chip | null {
  const label = x.field.label;
  const mine = canFilter(x.field) && opsOf(x.field).includes(x.op) ? x : null;
  const ends = spanOf(filters, x);
  if (!ends.length) return { keys: [x.key], label, text: textOf(x, names), filter: mine };
  if (x !== ends[0]) return null;
  const end = (op: Op) => ends.find((f) => f.op === op)?.value;
  return { keys: ends.map((f) => f.key), label, text: span(end('gte'), end('lt')), filter: null };
}
export function filtersIn(query: URLSearchParams, entity: Entity): Filter[] {
  const fields = [...entity.all, ...common()];
  const found: Filter[] = [];
  for (const [key, value] of query) {
    const m = /^(\w+)(?:\[(\w+)\])?$/.exec(key);
    const field = fields.find((f) => f.name === m?.[1]);
    if (m && field) found.push({ key, field, op: (m[2] ?? 'eq') as Op, value });
  }
  return found;
}
export function chipsIn(query: URLSearchParams, entity: Entity, names: Names): Chip[] {
  const filters = filtersIn(query, entity);
  const chips = filters.flatMap((x) => chipOf(filters, x, names) ?? []);
  const left = query.get('left');
  if (left) chips.push({ keys: ['left'], label: t('list.leftStep'), text: leftText(left), filter: null });
  if (query.get('removed') === 'true')
    chips.push({ keys: ['removed'], label: t('list.removedOnes'), text: '', filter: null });
  return chips;
}
