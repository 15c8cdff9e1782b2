// The rows of a list in this page: loaded in pages behind the screen, sifted and put in order here, kept up with
// what colleagues do. Plain arrays: a hundred thousand rows are no place for proxies.
import { get } from '../../data/api';
import { hear, type LiveChange } from '../../data/live';
import { field, meta } from '../../meta/meta.svelte';
import { fold } from './fold';
import { isNumeric } from './layout.svelte';
import { sorted, test, type Test } from './sift';
import { profileColumn, profileText } from './profile';
import type { Counts, ListColumn, Row, RowsPage, SheetHead, Shown } from './types';

const first = 500;
const page = 5000;
const flashing = 1700;

export class Rows {
  head: SheetHead | null = $state.raw(null);
  /** The same array as long as they are the same: others have the sheet drawn anew, headings and all. */
  cols: ListColumn[] = $state.raw([]);
  error: Error | null = $state.raw(null);
  loading = $state(true);
  /** Goes up when the view is another one. */
  turn = $state(0);
  /** Rows a colleague added or took away while the pointer kept the sheet still. */
  behind = $state(0);
  shown: Shown = $state('all');
  sort: { key: string; down: boolean } | null = $state.raw(null);
  filters: Record<string, string> = $state.raw({});
  view: Row[] = [];
  /** Cells that were just changed elsewhere, as `row:key`. */
  fresh = new Set<string>();
  /** Told which rows look different. */
  changed: (rows: Row[]) => void = () => undefined;
  /** Whether nothing may change place now. */
  still: () => boolean = () => false;
  /** How many answers each row waits for: until then it is not overwritten. */
  waiting = new Map<number, number>();
  private all: Row[] = [];
  private byId = new Map<number, Row>();
  private byLead = new Map<number, Row>();
  private slots = new Map<string, number>();
  private heard = new Set<number>();
  private applied = new Set<number>();
  /** More was changed elsewhere than was told. */
  private lost = false;
  private timer = 0;
  private counting = 0;
  private round = 0;

  constructor(readonly list: number) {}
  get door(): string {
    return `prospect-lists/${this.list}`;
  }
  get counts(): Counts | null {
    return this.head?.counts ?? null;
  }
  columns = (): ListColumn[] => this.cols;
  row = (id: number): Row | undefined => this.byId.get(id);
  whole = (): Row[] => this.all;

  slot(key: string): number {
    let at = this.slots.get(key);
    if (at === undefined) this.slots.set(key, (at = this.slots.size));
    return at;
  }
  text(row: Row, key: string): string {
    if (key === '@state') return this.stateText(row);
    return key === '@profile' ? profileText(row) : (row.cells[this.slot(key)] ?? '');
  }
  stateText(row: Row): string {
    const status = meta().lead_statuses.find((s) => s.id === row.lead_status_id);
    const choices = field('prospect', 'state')?.choices;
    return status?.name ?? choices?.find((c) => c.value === row.state)?.label ?? row.state;
  }
  private read(keys: string[], cells: unknown[]): Row {
    const row = { cells: [], wrong: null } as unknown as Row;
    keys.forEach((key, i) => {
      if (key in plain) (row as unknown as Record<string, unknown>)[key] = cells[i];
      else row.cells[this.slot(key)] = cells[i] === null ? null : String(cells[i]);
    });
    return row;
  }
  private keep(row: Row): void {
    this.byId.set(row.id, row);
    if (row.lead_id) this.byLead.set(row.lead_id, row);
  }
  /** All rows, in pages. Anew: what is shown stays until the last page is here. */
  async load(anew = false): Promise<void> {
    const round = ++this.round;
    this.loading = !anew;
    this.error = null;
    try {
      this.know(await get<SheetHead>(`${this.door}/sheet`));
      const gathered: Row[] = [];
      if (!(await this.pages(gathered, round, anew))) return;
      if (anew) this.begin(gathered);
    } catch (e) {
      if (round === this.round) this.error = e instanceof Error ? e : new Error(String(e));
    }
    if (round !== this.round) return;
    this.loading = false;
    if (anew || this.sort) this.sift();
  }
  private async pages(gathered: Row[], round: number, anew: boolean): Promise<boolean> {
    const discarded = this.shown === 'discarded';
    let cursor: string | null | undefined = '';
    for (let limit = anew ? page : first; cursor !== null && cursor !== undefined; limit = page) {
      const answer: RowsPage = await get<RowsPage>(`${this.door}/rows`, { limit, cursor, discarded });
      if (round !== this.round) return false;
      const some = answer.rows.map((r) => this.read(answer.keys, r));
      if (!anew && cursor === '') this.begin(gathered);
      gathered.push(...some);
      if (!anew) this.append(some);
      cursor = answer.next;
    }
    return true;
  }
  private begin(gathered: Row[]): void {
    this.all = gathered;
    this.byId.clear();
    this.byLead.clear();
    this.view = [];
    gathered.forEach((r) => this.keep(r));
  }
  private append(some: Row[]): void {
    const pass = this.tests();
    some.forEach((r) => this.keep(r));
    this.view = this.view.concat(pass ? some.filter(pass) : some);
    this.turn++;
  }
  private tests(): ((row: Row) => boolean) | null {
    const all: ((row: Row) => boolean)[] = [];
    const { shown } = this;
    if (shown !== 'all' && shown !== 'discarded') all.push((r) => r.state === shown);
    for (const [key, typed] of Object.entries(this.filters)) {
      if (!typed.trim()) continue;
      const passes: Test = test(this.typeOf(key), typed);
      const at = this.slot(key);
      if (key.startsWith('@')) all.push((r) => passes(this.text(r, key)));
      else all.push((r) => passes(r.cells[at] ?? ''));
    }
    return all.length ? (r) => all.every((f) => f(r)) : null;
  }
  private typeOf(key: string): ListColumn['type'] {
    const c = this.columns().find((x) => x.key === key);
    return !c ? 'text' : c.own ? c.type : isNumeric(c) ? 'money' : 'text';
  }

  /** Filters and order anew. */
  sift(): void {
    const pass = this.tests();
    let view = pass ? this.all.filter(pass) : this.all.slice();
    const { sort } = this;
    if (sort) {
      const at = this.slot(sort.key);
      const text = sort.key.startsWith('@')
        ? (r: Row) => this.text(r, sort.key)
        : (r: Row) => r.cells[at] ?? '';
      view = sorted(view, this.typeOf(sort.key), text, sort.down);
    }
    this.view = view;
    this.behind = 0;
    this.turn++;
  }
  /** Put new rows where they belong among all, and in the view after the row given. */
  insert(rows: Row[], after: Row | 'first' | null): void {
    const put = (list: Row[]) => {
      const at = after === 'first' ? 0 : after ? list.indexOf(after) + 1 || list.length : list.length;
      return list.slice(0, at).concat(rows, list.slice(at));
    };
    rows.forEach((r) => this.keep(r));
    this.all = put(this.all);
    this.view = put(this.view);
    this.turn++;
  }
  take(rows: Row[]): void {
    const gone = new Set(rows);
    for (const r of rows) this.byId.delete(r.id);
    this.all = this.all.filter((r) => !gone.has(r));
    this.view = this.view.filter((r) => !gone.has(r));
    this.turn++;
  }
  /** Rows in another place: below that one, or first. */
  move(rows: Row[], after: Row | null): void {
    const going = new Set(rows);
    const put = (list: Row[]) => {
      const rest = list.filter((r) => !going.has(r));
      const at = after ? rest.indexOf(after) + 1 : 0;
      return rest.slice(0, at).concat(rows, rest.slice(at));
    };
    this.all = put(this.all);
    this.view = put(this.view);
    this.turn++;
  }
  rename(row: Row, id: number): void {
    this.byId.delete(row.id);
    row.id = id;
    this.byId.set(id, row);
  }
  /** The server's rows into ours; what differs flashes when it came from others. Unknown ones come back. */
  merge(answer: RowsPage, flash: boolean): Row[] {
    const unknown: Row[] = [];
    const touched: Row[] = [];
    for (const cells of answer.rows) {
      const now = this.read(answer.keys, cells);
      const row = this.byId.get(now.id);
      if (!row) unknown.push(now);
      else if (!this.waiting.get(row.id)) {
        if (flash) this.flash(row, now);
        Object.assign(row, now);
        this.keep(row);
        touched.push(row);
      }
    }
    if (touched.length) this.changed(touched);
    return unknown;
  }
  private flash(row: Row, now: Row): void {
    const keys: string[] = [];
    for (const [key, at] of this.slots)
      if ((row.cells[at] ?? '') !== (now.cells[at] ?? '')) keys.push(`${row.id}:${key}`);
    if (row.state !== now.state || row.lead_status_id !== now.lead_status_id) keys.push(`${row.id}:@state`);
    if (row.qualification !== now.qualification) keys.push(`${row.id}:@profile`);
    keys.forEach((k) => this.fresh.add(k));
    window.setTimeout(() => keys.forEach((k) => this.fresh.delete(k)), flashing);
  }
  /** An operation whose effect stands here already. */
  known(operation: number | null): void {
    if (operation) this.applied.add(operation);
    this.recount();
  }
  private know(head: SheetHead): void {
    const cols = head.judged ? [...head.columns, profileColumn()] : head.columns;
    if (JSON.stringify(cols) !== JSON.stringify(this.cols)) this.cols = cols;
    this.head = head;
  }
  recount(): void {
    window.clearTimeout(this.counting);
    this.counting = window.setTimeout(() => {
      void get<SheetHead>(`${this.door}/sheet`)
        .then((h) => this.know(h))
        .catch(() => undefined);
    }, 300);
  }
  listen(): () => void {
    return hear((h) => {
      if (h.event === 'change') this.note(h.data);
    });
  }
  private note(change: LiveChange): void {
    if (this.applied.delete(change.operation_id)) return;
    if (change.more && change.records.some((r) => r.entity === 'prospect')) this.lost = true;
    for (const r of change.records) {
      if (r.entity === 'prospect') this.heard.add(r.id);
      const row = r.entity === 'lead' ? this.byLead.get(r.id) : undefined;
      if (row) this.heard.add(row.id);
      if (r.entity === 'prospect_list' || r.entity === 'prospect_column') this.recount();
    }
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.settle(), 150);
  }
  private async settle(): Promise<void> {
    const ids = [...this.heard];
    this.heard.clear();
    const lost = this.lost;
    this.lost = false;
    if (lost) await this.load(true);
    else if (ids.length) await this.fetch(ids, true).catch(() => undefined);
  }
  /** Ask for these rows; those that are gone go, new ones come when nothing must keep still. */
  async fetch(ids: number[], flash: boolean): Promise<void> {
    if (ids.length > 2000) return this.load(true);
    const discarded = this.shown === 'discarded';
    const fresh: Row[] = [];
    const here = new Set<number>();
    for (let i = 0; i < ids.length; i += 200) {
      const some = ids.slice(i, i + 200).join(',');
      const answer = await get<RowsPage>(`${this.door}/rows`, { ids: some, discarded });
      const [id, reason] = [answer.keys.indexOf('id'), answer.keys.indexOf('removed_reason')];
      answer.rows = answer.rows.filter((r) => (r[reason] !== null) === discarded);
      answer.rows.forEach((r) => here.add(Number(r[id])));
      fresh.push(...this.merge(answer, flash));
    }
    const gone = ids.map((id) => this.byId.get(id)).filter((r) => r && !here.has(r.id)) as Row[];
    this.recount();
    this.arrive(fresh, gone, flash);
  }
  private arrive(fresh: Row[], gone: Row[], others: boolean): void {
    if (!fresh.length && !gone.length) return;
    for (const r of fresh) this.keep(r);
    const away = new Set(gone);
    this.all = this.all.filter((r) => !away.has(r)).concat(fresh);
    if (fresh.length) this.all.sort((a, b) => a.position - b.position || a.id - b.id);
    for (const r of gone) this.byId.delete(r.id);
    if (others && this.still()) this.behind += fresh.length + gone.length;
    else this.sift();
  }
  /** The cells that hold a text, row by row from the top; at most `most` of them. */
  find(typed: string, keys: string[], most: number): { row: number; key: string }[] {
    const wanted = fold(typed.trim());
    const hits: { row: number; key: string }[] = [];
    if (!wanted) return hits;
    for (let i = 0; i < this.view.length && hits.length < most; i++)
      for (const key of keys)
        if (fold(this.text(this.view[i]!, key)).includes(wanted)) hits.push({ row: i, key });
    return hits;
  }
}
const plain = {
  id: 0,
  version: 0,
  position: 0,
  state: 0,
  lead_id: 0,
  lead_status_id: 0,
  lead_type: 0,
  call_at: 0,
  calls: 0,
  owner_id: 0,
  removed_reason: 0,
  last_outcome: 0,
  qualification: 0,
  wrong: 0,
};
