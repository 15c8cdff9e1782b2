// The answer of /kpi, and how its lines become charts.
import { locale, member, t } from '../../app/words.svelte';
import { money, number, percent } from '../../meta/format';

/** Figures with the lists that stand behind them, by the figure's own name. */
export interface Line {
  behind: Record<string, string>;
  [figure: string]: unknown;
}
export interface Named extends Line {
  id: number | null;
  name: string | null;
}
export interface Kpi {
  from: string;
  to: string;
  currency: string;
  counting: boolean;
  leads: Line;
  opportunities: Line;
  by_phase: (Line & { phase: string; name: string })[];
  by_source: Named[];
  by_campaign: Named[];
  by_owner: Named[];
  by_team: Named[];
  by_month: (Line & { month: string })[];
  by_status: (Named & { type: string })[];
  by_stage: (Named & { pipeline_id: number })[];
  lost_leads: Named[];
  lost_opportunities: Named[];
  forecast: { months: (Line & { month: string })[]; overdue: Line; undated: Line };
  contributors: (Line & { user_id: number; name: string })[];
  definitions: Record<string, string>;
  currencies_without_rate: string[];
}
export const figureNames = [
  'amount',
  'converted',
  'converted_cohort',
  'cost',
  'count',
  'created',
  'customers',
  'generated',
  'left',
  'lost',
  'mean_days',
  'not_interested',
  'open',
  'rate',
  'rate_cohort',
  'rate_customers',
  'rate_flow',
  'rate_won',
  'revenue',
  'roi',
  'standing_days',
  'steps',
  'weighted_amount',
  'won',
  'won_amount',
  'worked',
] as const;
export type Figure = (typeof figureNames)[number];

/** Null where there is nothing to tell. */
export const figure = (line: Line, name: string): number | null => {
  const value = line[name];
  return typeof value === 'number' ? value : null;
};
export function told(line: Line, name: string, currency: string): string {
  const n = figure(line, name);
  if (n === null) return '—';
  if (/^rate|^roi$/.test(name)) return percent(n, 1);
  if (/amount$|^cost$|^revenue$/.test(name)) return money(Math.round(n), currency);
  return number(n, name.endsWith('_days') ? 1 : 0);
}
/** The list behind a figure, as a place of ours. */
export const listOf = (line: Line, name: string): string | null =>
  line.behind[name] ? `/${line.behind[name]}` : null;

/** What a tile says: a text, and the list it leads to. */
export interface Told {
  text: string;
  name?: string;
  list?: string | null;
}
type Note = readonly [name: string, text: (told: string) => string];
/** A figure with others below it, and what they mean. */
export function tileOf(k: Kpi, line: Line, name: string, notes: readonly Note[]) {
  const say = ([n, text]: Note): Told => ({
    name: n,
    text: text(told(line, n, k.currency)),
    list: listOf(line, n),
  });
  const about = [name, ...notes.map(([n]) => n)].flatMap((n, i) => {
    const text = k.definitions[n];
    return text ? [i ? { name: `${member('figure', n)}.`, text } : { text }] : [];
  });
  return { of: say([name, (text) => text]), notes: notes.map(say), about };
}

/** `gen`, or `gen 27` where a chart goes from one year into the next. */
export function monthName(month: string, withYear = false): string {
  const shape: Intl.DateTimeFormatOptions = { month: 'short', ...(withYear ? { year: '2-digit' } : {}) };
  return new Intl.DateTimeFormat(locale(), shape).format(new Date(`${month}-15T12:00:00`));
}
/** Lines of months as lines with a name. */
export function monthly(lines: (Line & { month: string })[]): Named[] {
  const years = new Set(lines.map((m) => m.month.slice(0, 4)));
  return lines.map((m) => ({ ...m, id: null, name: monthName(m.month, years.size > 1) }));
}
/** What is to come: months, then what is late and what has no day. */
export const forecast = (k: Kpi): Named[] => [
  ...monthly(k.forecast.months),
  { ...k.forecast.overdue, id: null, name: t('figures.overdue') },
  { ...k.forecast.undated, id: null, name: t('figures.undated') },
];
