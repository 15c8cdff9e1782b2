// What is done to a sheet: shown at once, sent one after the other, each a step one can take back and do again.
import { complain, say } from '../../app/toasts.svelte';
import { t } from '../../app/words.svelte';
import { post, Problem } from '../../data/api';
import type { Rows } from './rows.svelte';
import type { Row, RowsPage } from './types';

export interface Put {
  row: Row;
  key: string;
  old: string;
  now: string;
}
interface Step {
  puts: Put[];
  added: Row[];
  after: After;
  /** Operations of the server, for what only the server can take back. */
  operations: number[];
}
/** New rows stand below a row, above all, or (null) below all. */
export type After = Row | 'first' | null;
interface Answer {
  operation_id: number;
  rows: RowsPage;
}
const atOnce = { cells: 20_000, rows: 5000 };
let lastNew = 0;

export class Edits {
  private done: Step[] = [];
  private undone: Step[] = [];
  private line: Promise<void> = Promise.resolve();

  constructor(private rows: Rows) {}

  /** Cells typed, pasted, emptied; rows beyond the end are new. */
  put(puts: Put[], added: Row[], after: After): void {
    const step = { puts, added, after, operations: [] };
    if (added.length) this.rows.insert(added, after);
    this.write(puts, 'now');
    this.remember(step);
    this.send(step);
  }
  newRow(): Row {
    const id = --lastNew;
    return {
      id,
      version: 0,
      position: Number.MAX_SAFE_INTEGER,
      state: 'new',
      lead_id: null,
      lead_status_id: null,
      call_at: null,
      calls: 0,
      owner_id: null,
      removed_reason: null,
      qualification: null,
      cells: [],
      wrong: null,
    };
  }
  /** An operation of another door that Ctrl Z takes back too. */
  made(operation: number | null, rows: Row[]): void {
    this.rows.known(operation);
    if (operation) this.remember({ puts: [], added: rows, after: null, operations: [operation] });
  }
  private remember(step: Step): void {
    this.done.push(step);
    if (this.done.length > 100) this.done.shift();
    this.undone = [];
  }
  private write(puts: Put[], which: 'old' | 'now'): void {
    const touched = new Set<Row>();
    for (const p of puts) {
      const row = this.live(p.row);
      row.cells[this.rows.slot(p.key)] = p[which];
      if (row.wrong?.[p.key]) row.wrong = { ...row.wrong, [p.key]: '' };
      touched.add(row);
    }
    this.rows.changed([...touched]);
  }
  /** A row that went and came back is another object with the same number. */
  private live = (row: Row): Row => this.rows.row(row.id) ?? row;

  private wait(rows: Row[], by: 1 | -1): void {
    for (const r of rows) this.rows.waiting.set(r.id, (this.rows.waiting.get(r.id) ?? 0) + by);
  }
  /** Once all that was done so far has been answered. */
  settled = (): Promise<void> => this.line;

  /** In turn, so that a row is there before its cells are changed. */
  private queue(run: () => Promise<void>): void {
    this.line = this.line.then(run).catch((e: unknown) => {
      if (!(e instanceof Problem)) throw e;
      complain(e.message);
    });
  }
  private send(step: Step): void {
    const fresh = new Set(step.added);
    const old = step.puts.filter((p) => !fresh.has(p.row));
    const touched = [...new Set(old.map((p) => p.row))];
    this.wait(touched, 1);
    this.queue(async () => {
      try {
        await this.sendParts(step, old);
      } catch (e) {
        if (e instanceof Problem && e.status === 0) await this.keep(step, old);
        else {
          this.write(step.puts, 'old');
          if (step.added.length) this.rows.take(step.added);
          this.done = this.done.filter((s) => s !== step);
          throw e;
        }
      } finally {
        this.wait(touched, -1);
      }
    });
  }
  private valuesOf(step: Step, row: Row): Record<string, string> {
    return Object.fromEntries(
      step.puts.filter((p) => p.row === row && p.now !== '').map((p) => [p.key, p.now]),
    );
  }
  private async sendParts(step: Step, old: Put[]): Promise<void> {
    let { after } = step;
    const byRow = new Map<Row, Record<string, string>>(step.added.map((r) => [r, {}]));
    for (const p of step.puts) if (p.now !== '' && byRow.has(p.row)) byRow.get(p.row)![p.key] = p.now;
    const added = [...byRow];
    for (let i = 0, j = 0; i < old.length || j < added.length;) {
      const set = old.slice(i, (i += atOnce.cells)).map((p) => ({ id: p.row.id, key: p.key, value: p.now }));
      const fit = i >= old.length ? Math.min(atOnce.rows, Math.floor((atOnce.cells - set.length) / 20)) : 0;
      const some = added.slice(j, (j += fit));
      const { body, operation } = await post<Answer>(`${this.rows.door}/cells`, {
        set,
        add: some.map(([, values]) => ({ values })),
        ...(after ? { after: after === 'first' ? 0 : after.id } : {}),
      });
      step.operations.push(operation ?? body.operation_id);
      this.rows.known(operation ?? body.operation_id);
      this.arrived(
        body.rows,
        some.map(([r]) => r),
        new Set(old.map((p) => p.row.id)),
      );
      after = some.at(-1)?.[0] ?? after;
    }
  }
  /** New rows get their numbers, in the order they were sent. */
  private arrived(answer: RowsPage, added: Row[], touched: Set<number>): void {
    const at = answer.keys.indexOf('id');
    const fresh = answer.rows.map((r) => Number(r[at])).filter((id) => !this.rows.row(id));
    added.forEach((row, i) => fresh[i] && this.rows.rename(row, fresh[i]));
    for (const id of touched) if (this.rows.waiting.get(id) === 1) this.rows.waiting.set(id, 0);
    this.rows.merge(answer, false);
    for (const id of touched) if (this.rows.waiting.get(id) === 0) this.rows.waiting.set(id, 1);
  }
  private async keep(step: Step, old: Put[]): Promise<void> {
    const { keepCells } = await import('../../data/unsent');
    await keepCells(
      this.rows.list,
      old.map((p) => ({ id: p.row.id, key: p.key, value: p.now })),
      step.added.map((r) => ({ values: this.valuesOf(step, r) })),
      String(this.rows.head?.list['name'] ?? ''),
    );
  }
  undo = (): void => this.turn(this.done, this.undone, 'old');
  redo = (): void => this.turn(this.undone, this.done, 'now');

  private turn(from: Step[], to: Step[], which: 'old' | 'now'): void {
    const step = from.pop();
    if (!step) return say(t('undo.nothing'));
    to.push(step);
    if (step.added.length) this.turnAtServer(step);
    else this.turnHere(step, which);
  }
  /** Cells go back where nobody has changed them since. */
  private turnHere(step: Step, which: 'old' | 'now'): void {
    const other = which === 'old' ? 'now' : 'old';
    const puts = step.puts.filter((p) => this.rows.text(this.live(p.row), p.key) === p[other]);
    if (puts.length < step.puts.length) say(t('sheet.leftAlone', step.puts.length - puts.length));
    this.write(puts, which);
    this.send({ ...step, puts: puts.map((p) => ({ ...p, old: p[other], now: p[which] })), operations: [] });
  }
  /** What added, moved or took away rows: the server's own undo, and the undo of that. */
  private turnAtServer(step: Step): void {
    this.queue(async () => {
      const back: number[] = [];
      for (const id of step.operations.toReversed()) {
        const { operation } = await post(`operations/${id}/undo`, { skip_conflicts: true });
        if (operation) back.push(operation);
        this.rows.known(operation);
      }
      step.operations = back;
      const touched = [...new Set([...step.puts.map((p) => p.row.id), ...step.added.map((r) => r.id)])];
      await this.rows.fetch(touched, false);
    });
  }
}
