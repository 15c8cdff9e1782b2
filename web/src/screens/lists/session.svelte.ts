// A calling session: whom to call next, what came of each call, and the way back.
import { complain, say } from '../../app/toasts.svelte';
import { t } from '../../app/words.svelte';
import { get, post, Problem } from '../../data/api';
import { refresh } from '../../data/cache';
import type { Names, Rec } from '../../data/types';
import { done, undo } from '../../data/write';
import { field, userName } from '../../meta/meta.svelte';
import type { RowsPage, SheetHead } from './types';

export type Outcome = 'no_answer' | 'call_back' | 'talked' | 'not_interested' | 'lead';
interface Calling {
  items: Rec[];
  names?: Names;
  script: string | null;
}
export interface Said {
  outcome: Outcome;
  at?: string;
  note?: string;
  owner_id?: number;
}
interface Past {
  row: Rec;
  operation: number;
}
const ahead = 5;

export class Session {
  head: SheetHead | null = $state.raw(null);
  script = $state('');
  error: Error | null = $state.raw(null);
  ready = $state(false);
  /** Called in this session. */
  called = $state(0);
  queue: Rec[] = $state.raw([]);
  past: Past[] = $state.raw([]);
  private seen = new Set<number>();
  /** The row that nobody else is offered. */
  private held = 0;

  constructor(readonly list: number) {}
  get row(): Rec | null {
    return this.queue[0] ?? null;
  }
  async start(): Promise<void> {
    this.error = null;
    this.seen.clear();
    try {
      await Promise.all([this.count(), this.more()]);
    } catch (e) {
      this.error = e instanceof Error ? e : new Error(String(e));
    }
    this.ready = true;
  }
  private async count(): Promise<void> {
    this.head = await get<SheetHead>(`prospect-lists/${this.list}/sheet`);
  }
  private async more(): Promise<void> {
    const limit = 20 + this.seen.size;
    const answer = await get<Calling>(`prospect-lists/${this.list}/calling`, { limit: Math.min(limit, 100) });
    this.script = answer.script ?? '';
    const fresh = answer.items.filter((r) => !this.seen.has(r.id) && !this.queue.some((q) => q.id === r.id));
    this.queue = [...this.queue, ...fresh];
  }
  private leave(row: Rec): void {
    this.seen.add(row.id);
    this.queue = this.queue.filter((r) => r.id !== row.id);
    if (this.queue.length < ahead) void this.more().catch(() => undefined);
  }
  /** Nobody else is offered the row meanwhile; one that a colleague has, or has just called, is passed over. */
  async hold(id: number): Promise<void> {
    if (this.held === id) return;
    this.held = id;
    try {
      const { body } = await post<Rec>(`prospects/${id}/hold`);
      const mine = this.queue.find((r) => r.id === id);
      if (mine && Number(body['calls']) > Number(mine['calls']))
        this.pass(id, t('call.calledNow', mine.title));
      else this.show(body);
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      if ([404, 409].includes(e.status)) this.pass(id, e.message);
    }
  }
  /** The screen is left: the row is anybody's again. */
  end(): void {
    if (this.held) void post(`prospects/${this.held}/hold`, { held: false }).catch(() => undefined);
    this.held = 0;
  }
  private pass(id: number, why: string): void {
    const { row } = this;
    if (this.held === id) this.held = 0;
    if (!row || row.id !== id) return;
    this.leave(row);
    say(why);
  }
  private show(now: Rec): void {
    this.queue = this.queue.map((r) => (r.id === now.id && now.version !== r.version ? { ...r, ...now } : r));
  }
  /** Write down what was learned: in the cell of that column, or of that field of the lead. */
  async put(row: Rec, key: string, value: string): Promise<string> {
    try {
      const set = [{ id: row.id, key, value: value || null }];
      const { body, operation } = await post<{ rows: RowsPage }>(`prospect-lists/${this.list}/cells`, {
        set,
      });
      const at = body.rows.keys.indexOf('wrong');
      const wrong = body.rows.rows[0]?.[at] as Record<string, string> | null | undefined;
      const known = (k: string) => this.head?.columns.find((c) => c.key === k || c.field === k);
      if (!known(key)) await this.count();
      done('', operation);
      this.show(await get<Rec>(`prospects/${row.id}`));
      return wrong?.[known(key)?.key ?? key] ?? '';
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      return Object.values(e.fields)[0] ?? e.message;
    }
  }
  /** Not now: the row goes to the end of this session. */
  skip(): void {
    const { row } = this;
    if (row) this.queue = [...this.queue.slice(1), row];
  }
  back(): void {
    const last = this.queue.at(-1);
    if (last) this.queue = [last, ...this.queue.slice(0, -1)];
  }
  /** Write down what came of it; the next row is there at once. */
  async say(row: Rec, said: Said): Promise<void> {
    this.leave(row);
    this.called++;
    try {
      const { operation } = await post<{ prospect: Rec; lead: Rec | null }>(`prospects/${row.id}/call`, said);
      if (operation) this.past = [...this.past, { row, operation }];
      done(this.text(row, said), operation);
      if (said.outcome === 'lead') refresh('lead');
      void this.count().catch(() => undefined);
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      this.called--;
      this.return(row);
      const fields = Object.entries(e.fields).map(
        ([key, text]) => `${field('prospect', key)?.label ?? key}: ${text}`,
      );
      complain(fields.length ? fields.join(' · ') : e.message);
    }
  }
  private text(row: Rec, said: Said): string {
    const word = said.owner_id ? t('sheet.leadFor', row.title, userName(said.owner_id)) : '';
    return word || `${row.title}: ${t(`outcome.${said.outcome}`)}`;
  }
  private return(row: Rec): void {
    this.seen.delete(row.id);
    this.queue = [row, ...this.queue.filter((r) => r.id !== row.id)];
  }
  /** The last call is not said; its row is at hand again. */
  async undo(): Promise<void> {
    const last = this.past.at(-1);
    if (!last) return;
    this.past = this.past.slice(0, -1);
    await undo(last.operation);
    this.called = Math.max(0, this.called - 1);
    const now = await get<Rec>(`prospects/${last.row.id}`).catch(() => last.row);
    this.return({ ...last.row, ...now });
    void this.count().catch(() => undefined);
  }
}
