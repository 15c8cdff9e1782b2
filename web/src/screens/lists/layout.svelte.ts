// The columns of a sheet as this browser shows them: their order, which are hidden, held at the left, how wide.
import { t } from '../../app/words.svelte';
import { field } from '../../meta/meta.svelte';
import type { Col } from '../../sheet/types';
import type { ListColumn } from './types';

interface Kept {
  order: string[];
  hidden: string[];
  shown: string[];
  frozen: number;
  widths: Record<string, number>;
}
const none: Kept = { order: [], hidden: [], shown: [], frozen: 1, widths: {} };
const usual = [
  'company_name',
  '@profile',
  'first_name',
  'last_name',
  'job_title',
  'email',
  'phone',
  'mobile',
  'city',
];
const wide: Record<string, number> = { company_name: 260, email: 210, pec: 210, description: 260, need: 220 };
const keyboards: Record<string, Col['mode']> = {
  phone: 'tel',
  mobile: 'tel',
  email: 'email',
  pec: 'email',
  website: 'url',
  linkedin: 'url',
  postal_code: 'numeric',
};
const numeric = ['int', 'money', 'percent'];
export const isNumeric = (c: ListColumn): boolean =>
  numeric.includes(c.own ? c.type : (field('lead', c.key)?.type ?? 'text'));

function colOf(c: ListColumn, width: number | undefined): Col {
  const number = isNumeric(c);
  return {
    key: c.key,
    label: c.label,
    width: width ?? wide[c.key] ?? 140,
    right: number,
    mode: keyboards[c.key] ?? (number ? 'decimal' : 'text'),
    fixed: false,
    plus: c.own || keyboards[c.key] === 'tel',
    headed: true,
  };
}
const fixed = (key: string, label: string, width: number, headed: boolean): Col => ({
  key,
  label,
  width,
  right: false,
  mode: 'text',
  fixed: true,
  plus: false,
  headed,
});
export class Layout {
  private kept: Kept = $state.raw(none);
  private readonly place: string;

  constructor(list: number) {
    this.place = `sheet.${list}`;
    const text = localStorage.getItem(this.place);
    if (text) this.kept = { ...none, ...(JSON.parse(text) as Partial<Kept>) };
  }
  private keep(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    localStorage.setItem(this.place, JSON.stringify(this.kept));
  }
  /** Every column in its order, shown or not; the state stands after the first. */
  ordered(columns: ListColumn[]): string[] {
    const at = (key: string) => {
      const own = this.kept.order.indexOf(key);
      const first = usual.indexOf(key);
      return own >= 0 ? own - 10_000 : first >= 0 ? first - 1000 : columns.findIndex((c) => c.key === key);
    };
    const keys = columns.map((c) => c.key).sort((a, b) => at(a) - at(b));
    if (this.kept.order.includes('@state')) {
      const where = this.kept.order
        .slice(0, this.kept.order.indexOf('@state'))
        .filter((k) => keys.includes(k));
      return keys.toSpliced(where.length, 0, '@state');
    }
    return keys.toSpliced(1, 0, '@state');
  }
  isShown(c: ListColumn | undefined, empty: boolean): boolean {
    if (!c) return true;
    if (this.kept.hidden.includes(c.key)) return false;
    return c.own || this.kept.shown.includes(c.key) || (empty ? usual.includes(c.key) : c.used !== false);
  }
  /** What the sheet draws; of an empty list the columns most lists have. */
  cols(columns: ListColumn[], narrow: boolean): Col[] {
    const empty = !columns.some((c) => c.used);
    const by = new Map(columns.map((c) => [c.key, c]));
    const shown = this.ordered(columns).filter((k) => k === '@state' || this.isShown(by.get(k), empty));
    const { widths } = this.kept;
    return [
      fixed('@start', '#', narrow ? 92 : 84, false),
      ...shown.map((key) =>
        key.startsWith('@')
          ? fixed(key, by.get(key)?.label ?? t('sheet.state'), widths[key] ?? 150, true)
          : colOf(by.get(key)!, widths[key] ?? (narrow && key === 'company_name' ? 160 : undefined)),
      ),
    ];
  }
  get frozen(): number {
    return this.kept.frozen;
  }
  freeze = (n: number): void => this.keep({ frozen: n });
  order = (keys: string[]): void => this.keep({ order: keys.filter((k) => k !== '@start') });
  width = (key: string, n: number): void => this.keep({ widths: { ...this.kept.widths, [key]: n } });
  show(key: string, on: boolean): void {
    const without = (list: string[]) => list.filter((k) => k !== key);
    const { hidden, shown } = this.kept;
    if (on) this.keep({ hidden: without(hidden), shown: [...without(shown), key] });
    else this.keep({ hidden: [...without(hidden), key], shown: without(shown) });
  }
  /** One place to the left or right among those shown. */
  move(columns: ListColumn[], shown: string[], key: string, by: 1 | -1): void {
    const all = this.ordered(columns);
    const next = shown[shown.indexOf(key) + by];
    if (!next || next.startsWith('@start')) return;
    const rest = all.filter((k) => k !== key);
    this.order(rest.toSpliced(rest.indexOf(next) + (by > 0 ? 1 : 0), 0, key));
  }
}
