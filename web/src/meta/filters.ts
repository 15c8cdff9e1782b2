// The filters of a list are its address: `turnover[gte]=1000`, as the server reads them.
import { member } from '../app/words.svelte';
import { kindOf, show, type Op } from './kinds';
import type { Field } from './meta.svelte';

export interface Filter {
  key: string;
  field: Field;
  op: Op;
  value: string;
}
export const keyOf = (f: Field, op: Op): string => (op === 'eq' ? f.name : `${f.name}[${op}]`);

function typed(f: Field, value: string): unknown {
  if (f.type === 'bool') return value === 'true';
  return ['int', 'money', 'decimal', 'percent', 'link'].includes(f.type) ? Number(value) : value;
}
export function filterText(x: Filter): string {
  if (x.op === 'null') return member('op', x.value === 'true' ? 'empty' : 'filled');
  const value = x.value
    .split(',')
    .map((v) => (x.op === 'like' ? v : show(x.field, { [x.field.name]: typed(x.field, v) })))
    .join(', ');
  return `${member('op', x.op)} ${value}`;
}
export const canFilter = (f: Field): boolean => f.filter && kindOf(f).ops.length > 0;

/** What the server is asked of the page's address: all of it but our own names. */
export function listPart(query: URLSearchParams): string {
  const q = new URLSearchParams(query);
  q.delete('peek');
  q.sort();
  return q.toString();
}
