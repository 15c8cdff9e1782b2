// From what was typed to what the server is told; undefined means "this cannot be read".
import { lang } from '../app/words.svelte';
import { fromLocal, parseDecimal, parseNumber, toLocal } from './format';
import type { Field } from './meta.svelte';

export function read(f: Field, typed: string): unknown {
  const text = typed.trim();
  if (text === '') return null;
  if (f.type === 'int' || f.type === 'money' || f.type === 'percent') {
    const n = parseNumber(text);
    if (n === null) return undefined;
    return f.type === 'int' ? Math.round(n) : n;
  }
  if (f.type === 'decimal') return parseDecimal(text) ?? undefined;
  if (f.type === 'time') return fromLocal(text);
  if (f.type === 'link') return Number(text);
  if (f.type === 'bool') return text === 'true';
  return text;
}
export function write(f: Field, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (f.type === 'time') return toLocal(String(value));
  if (f.type === 'decimal') return lang() === 'it' ? String(value).replace('.', ',') : String(value);
  if (f.type === 'money' || f.type === 'percent') return String(value).replace('.', ',');
  return String(value);
}
