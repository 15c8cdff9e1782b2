// The browser's formatters, each made once: making one takes longer than a hundred uses of it, and a board or a
// sheet asks for some on every card and row.
const made = new Map<string, unknown>();

function once<F>(kind: string, where: unknown, options: unknown, make: () => F): F {
  const key = `${kind} ${String(where)} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as F;
}
type Where = string | string[] | undefined;

/** Italian prints 1005 without grouping unless it is told to. */
export function numbers(where: Where, options?: Intl.NumberFormatOptions): Intl.NumberFormat {
  const all = { ...options, useGrouping: 'always' } as unknown as Intl.NumberFormatOptions;
  return once('number', where, options, () => new Intl.NumberFormat(where, all));
}
export const dates = (where: Where, options?: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  once('date', where, options, () => new Intl.DateTimeFormat(where, options));

export const plurals = (where: Where, options?: Intl.PluralRulesOptions): Intl.PluralRules =>
  once('plural', where, options, () => new Intl.PluralRules(where, options));

export const distances = (where: Where, options?: Intl.RelativeTimeFormatOptions): Intl.RelativeTimeFormat =>
  once('distance', where, options, () => new Intl.RelativeTimeFormat(where, options));
