// The periods one looks at, as local days, both included.
import { dateText } from '../../meta/format';

export const periods = [
  'this_month',
  'last_month',
  'this_quarter',
  'last_12_months',
  'this_year',
  'last_year',
  'own',
] as const;
export type Period = (typeof periods)[number];
export interface Days {
  from: string;
  to: string;
}
const isDay = (text: string | null): text is string => !!text && /^\d{4}-\d\d-\d\d$/.test(text);
const iso = (d: Date): string =>
  [d.getFullYear(), String(d.getMonth() + 1).padStart(2, '0'), String(d.getDate()).padStart(2, '0')].join(
    '-',
  );
/** Whole months: `first` of them from this one, so many. */
const months = (now: Date, first: number, n: number): Days => ({
  from: iso(new Date(now.getFullYear(), now.getMonth() + first, 1)),
  to: iso(new Date(now.getFullYear(), now.getMonth() + first + n, 0)),
});

export function daysOf(period: Exclude<Period, 'own'>, now = new Date()): Days {
  const month = now.getMonth();
  if (period === 'this_month') return months(now, 0, 1);
  if (period === 'last_month') return months(now, -1, 1);
  if (period === 'this_quarter') return months(now, -(month % 3), 3);
  if (period === 'last_12_months') return months(now, -11, 12);
  return months(now, period === 'last_year' ? -month - 12 : -month, 12);
}
/** What the address says; this year when it says nothing, or nothing that makes sense. */
export function periodIn(query: URLSearchParams, now = new Date()): Days & { period: Period } {
  const named = periods.find((p) => p === query.get('period')) ?? 'this_year';
  const from = query.get('from');
  const to = query.get('to');
  if (named === 'own' && isDay(from) && isDay(to)) return { period: named, from, to };
  const period = named === 'own' ? 'this_year' : named;
  return { period, ...daysOf(period, now) };
}
export const spanText = (d: Days): string => `${dateText(d.from)} – ${dateText(d.to)}`;
