// One registry: how a field of each type reads, filters and stands in a column.
import { t } from '../app/words.svelte';
import { dateText, money, number, percent, timeText } from './format';
import { linkText, meta, type Field } from './meta.svelte';

export type Op = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'like' | 'null';
type Values = Record<string, unknown>;
interface Kind {
  right: boolean;
  ops: Op[];
  text: (value: unknown, f: Field, values: Values, names?: Record<string, string>) => string;
}
const plain = (v: unknown): string => String(v);
const asText: Kind = { right: false, ops: ['like', 'eq', 'null'], text: plain };
const asNumber = (text: Kind['text']): Kind => ({ right: true, ops: ['gte', 'lte', 'eq', 'null'], text });
const choice: Kind = {
  right: false,
  ops: ['eq', 'ne', 'null'],
  text: (v, f) => f.choices?.find((c) => c.value === v)?.label ?? String(v),
};
const list: Kind = {
  right: false,
  ops: ['null'],
  text: (v) => (Array.isArray(v) ? v.map((x: { value?: unknown }) => String(x?.value ?? '')).join(', ') : ''),
};
function currencyOf(f: Field, values: Values): string {
  const own = values[`${f.name}_currency`] ?? values['currency'];
  return typeof own === 'string' ? own : meta().firm.currency;
}
const kinds: Record<string, Kind> = {
  choice,
  list,
  int: asNumber((v) => number(Number(v), 0)),
  decimal: asNumber((v) => number(Number(v), 6)),
  percent: asNumber((v) => percent(Number(v) / 100)),
  money: asNumber((v, f, values) => money(Number(v), currencyOf(f, values))),
  bool: { right: false, ops: ['eq'], text: (v) => t(v ? 'value.yes' : 'value.no') },
  date: { right: true, ops: ['gte', 'lte', 'eq', 'null'], text: (v) => dateText(String(v)) },
  time: { right: true, ops: ['gte', 'lte', 'null'], text: (v) => timeText(String(v)) },
  link: { right: false, ops: ['eq', 'ne', 'null'], text: (v, f, _, names) => linkText(f, v, names) },
  json: { right: false, ops: ['null'], text: (v) => JSON.stringify(v) },
};
export const kindOf = (f: Field): Kind => kinds[f.type] ?? asText;
export const opsOf = (f: Field): Op[] => (f.by_clock ? ['eq'] : kindOf(f).ops);

export function show(f: Field, values: Values, names?: Record<string, string>): string {
  const v = values[f.name];
  if (v === null || v === undefined || v === '') return '';
  return kindOf(f).text(v, f, values, names ?? (values['names'] as Record<string, string> | undefined));
}
/** Where a value leads when touched: a call, a letter, a site, a map, a record. */
export function leadsTo(f: Field, values: Values): string | null {
  const v = values[f.name];
  if (!v) return null;
  if (f.type === 'phone') return `tel:${String(values[`${f.name}_e164`] ?? v).replace(/[^\d+]/g, '')}`;
  if (f.type === 'email') return `mailto:${String(v)}`;
  if (f.type === 'url') return /^https?:\/\//.test(String(v)) ? String(v) : `https://${String(v)}`;
  if (f.type !== 'link' || !f.to || ['user', 'source', 'lead_status', 'stage', 'team'].includes(f.to))
    return null;
  const to = meta().entities.find((e) => e.name === f.to);
  return to ? `/${to.plural}/${String(v)}` : null;
}
