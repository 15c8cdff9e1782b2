// Which rows a filter lets through, and in what order they stand.
import { parseNumber } from '../../meta/format';
import { fold } from './fold';
import type { ListColumn } from './types';

type Type = ListColumn['type'];
export type Test = (text: string) => boolean;

/** A day as it sorts: `31/12/2026` and `2026-12-31` alike; anything else as it is. */
function day(text: string): string {
  const m = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/.exec(text);
  return m ? `${m[3]}-${m[2]!.padStart(2, '0')}-${m[1]!.padStart(2, '0')}` : text;
}
export function sortKey(type: Type, text: string): string | number {
  if (type === 'int' || type === 'money') return parseNumber(text) ?? fold(text);
  return type === 'date' ? day(text) : fold(text);
}
function compare(op: string, a: string | number, b: string | number): boolean {
  if (typeof a !== typeof b) return false;
  if (op === '>') return a > b;
  if (op === '<') return a < b;
  return op === '>=' ? a >= b : a <= b;
}
/** `ross` contains, `=rossi` is, `=` is empty, `>100` and its kin compare. */
export function test(type: Type, typed: string): Test {
  const [, op = '', rest = ''] = /^(>=|<=|>|<|=)?\s*(.*)$/s.exec(typed.trim()) ?? [];
  const folded = fold(rest);
  if (op === '=') return (text) => fold(text) === folded;
  if (op && rest) {
    const bound = sortKey(type, rest);
    return (text) => text !== '' && compare(op, sortKey(type, text), bound);
  }
  return (text) => text !== '' && fold(text).includes(folded);
}
/** Numbers before words, what is empty at the end whichever way. */
function order(a: string | number, b: string | number): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
export function sorted<T>(rows: T[], type: Type, text: (row: T) => string, down: boolean): T[] {
  const full: { key: string | number; row: T }[] = [];
  const empty: T[] = [];
  for (const row of rows) {
    const t = text(row);
    if (t === '') empty.push(row);
    else full.push({ key: sortKey(type, t), row });
  }
  full.sort((a, b) => (down ? order(b.key, a.key) : order(a.key, b.key)));
  return [...full.map((f) => f.row), ...empty];
}
