// The hand on the sheet: where it stands, what it has selected, what it types. A text area has the focus all the
// time, so that no key is lost, and dead keys, input methods and a phone's keyboard write into it as anywhere.
import { copied, emptied, filled, pasted } from './clip';
import type { Grid } from './grid';
import { readHtml, writeHtml } from './html';
import { readTsv, writeTsv } from './tsv';
import type { Act, Box, Col, Deeds, Edit, Source, Spot } from './types';
import { boxOf, lead } from './walk';

export interface Holding {
  grid: Grid;
  area: HTMLTextAreaElement;
  source: Source;
  deeds: Deeds;
  cols: () => Col[];
  rows: () => number;
  writable: () => boolean;
  /** It stands elsewhere. */
  moved: () => void;
}
const coarse = matchMedia('(pointer: coarse)');

export class Hand {
  at: Spot = { row: 0, col: 1 };
  private from: Spot = this.at;
  /** Typed: arrows store and go on. Opened: arrows walk in the text. */
  editing: '' | 'typed' | 'opened' = '';
  /** Since a cell was typed into, Tab goes on along the row; else it leaves the sheet. */
  private entering = false;
  private leaving = false;
  private line = 1;

  constructor(private h: Holding) {
    const { area } = h;
    area.addEventListener('keydown', (e) => this.key(e));
    area.addEventListener('input', () => this.typed());
    area.addEventListener('compositionstart', () => this.typed());
    area.addEventListener('copy', (e) => this.copy(e));
    area.addEventListener('cut', (e) => this.copy(e) && this.clear());
    area.addEventListener('paste', (e) => this.paste(e));
    area.addEventListener('blur', () => this.editing && this.store());
  }
  get box(): Box {
    return boxOf(this.from, this.at);
  }
  private get of() {
    return { cols: this.h.cols(), source: this.h.source, rows: this.h.rows() };
  }
  col = (): Col => this.h.cols()[this.at.col] ?? this.h.cols()[0]!;

  /** Stand here; extending keeps where the selection began. */
  go(to: Spot, extend = false): void {
    const cols = this.h.cols().length;
    const row = Math.max(0, Math.min(to.row, this.h.grid.last()));
    this.at = { row, col: Math.max(0, Math.min(to.col, cols - 1)) };
    if (!extend) this.from = this.at;
    this.line = this.at.col;
    this.leaving = false;
    this.h.grid.reveal(this.at);
    this.show();
    this.h.moved();
  }
  /** Draw where it stands. The text area lies over the cell, seen only while it is typed into. */
  show(): void {
    const { grid, area } = this.h;
    grid.mark(this.at, this.box);
    const cell = grid.rectOf(this.at);
    const frame = area.offsetParent?.getBoundingClientRect() ?? cell;
    const seen = { x: cell.left - frame.left, y: cell.top - frame.top };
    area.style.transform = `translate(${Math.max(0, seen.x)}px, ${Math.max(0, seen.y)}px)`;
    area.style.width = `${cell.width}px`;
    area.style.height = `${this.editing ? Math.max(cell.height, area.scrollHeight) : cell.height}px`;
    area.setAttribute('aria-activedescendant', grid.idOf(this.at));
  }
  focus(): void {
    this.h.area.focus({ preventScroll: true });
  }
  private canType(): boolean {
    return this.h.writable() && !this.col().fixed;
  }
  private typed(): void {
    const { area } = this.h;
    if (!this.editing) {
      if (!this.canType()) return void (area.value = '');
      this.begin('typed');
    }
    this.show();
  }
  private begin(how: 'typed' | 'opened'): void {
    this.editing = how;
    this.from = this.at;
    this.h.area.classList.add('open');
    this.h.area.classList.toggle('right', this.col().right);
  }
  /** Open the cell with what it holds. */
  open(): void {
    if (!this.canType() || this.editing) return;
    const { area } = this.h;
    area.readOnly = false;
    if (coarse.matches) {
      area.blur();
      area.inputMode = this.col().mode;
    }
    this.begin('opened');
    area.value = this.h.source.text(this.at.row, this.col());
    this.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    this.show();
  }
  private close(): void {
    const { area } = this.h;
    this.editing = '';
    area.value = '';
    area.classList.remove('open');
    if (coarse.matches) area.inputMode = 'none';
    this.show();
  }
  /** Keep what was typed. */
  store(): void {
    if (!this.editing) return;
    const [value, row, col] = [this.h.area.value, this.at.row, this.col()];
    this.close();
    this.entering = true;
    if (value !== (row < this.h.rows() ? this.h.source.text(row, col) : ''))
      this.set([{ row, key: col.key, value }]);
  }
  private set(edits: Edit[]): void {
    if (edits.length && this.h.writable()) this.h.deeds.set(edits);
  }
  private act = (what: Act): void => this.h.deeds.act(what, this.at.row, this.h.grid.rectOf(this.at));

  private key(e: KeyboardEvent): void {
    if (e.isComposing || e.keyCode === 229) return;
    const done = this.editing ? this.keyInside(e) : this.keyOver(e);
    if (done) e.preventDefault();
    if (done || this.editing) e.stopPropagation();
  }
  private keyInside(e: KeyboardEvent): boolean {
    const { area } = this.h;
    if (e.key === 'Escape') {
      this.close();
      return true;
    }
    if (e.key === 'Enter' && e.altKey) {
      area.setRangeText('\n', area.selectionStart, area.selectionEnd, 'end');
      this.show();
      return true;
    }
    if (e.key === 'F2') {
      this.editing = 'opened';
      return true;
    }
    if (e.key === 'Enter' || e.key === 'Tab') {
      this.store();
      return this.onward(e);
    }
    if (this.editing !== 'typed' || !/^(Arrow|Page)/.test(e.key)) return false;
    this.store();
    return this.move(e);
  }
  /** Enter goes down, Tab along the row; with Shift, back. A row is typed from where it was begun. */
  private onward(e: KeyboardEvent): boolean {
    const by = e.shiftKey ? -1 : 1;
    const begun = this.line;
    if (e.key === 'Tab') this.go({ row: this.at.row, col: this.along(by) });
    else this.go({ row: this.at.row + by, col: this.entering ? begun : this.at.col });
    if (e.key === 'Tab') this.line = begun;
    return true;
  }
  /** The next column that is typed into; at the end of the row the same. */
  private along(by: 1 | -1): number {
    const cols = this.h.cols();
    let to = this.at.col + by;
    while (cols[to]?.fixed) to += by;
    return cols[to] ? to : this.at.col;
  }
  private move(e: KeyboardEvent): boolean {
    const from = this.at;
    const full = (s: Spot) =>
      s.row < this.h.rows() && this.h.source.text(s.row, this.h.cols()[s.col]!) !== '';
    const ground = {
      rows: this.h.grid.last() + 1,
      cols: this.h.cols().length,
      page: this.h.grid.leap(),
      full,
    };
    const to = lead(e.key, e.ctrlKey || e.metaKey, from, ground);
    if (!to) return false;
    this.go(to, e.shiftKey);
    this.entering = false;
    return true;
  }
  private keyOver(e: KeyboardEvent): boolean {
    const ctrl = e.ctrlKey || e.metaKey;
    if (e.altKey) return this.keyAlt(e);
    if (this.move(e)) return true;
    if (ctrl) return this.keyCtrl(e);
    if (e.key === 'Escape') return this.escape();
    // Nothing else of the sheet is a stop of the Tab key: it leaves, unless a row is being typed.
    if (e.key === 'Tab') return this.entering && this.onward(e);
    if (e.key === 'Enter' || e.key === 'F2' || e.key === ' ') return this.press(e);
    if (e.key === 'Delete' || e.key === 'Backspace') return this.clear();
    if (e.key === 'ContextMenu' || (e.key === 'F10' && e.shiftKey)) return (this.act('menu'), true);
    if (e.key === '+' && !this.col().plus) return (this.act('lead'), true);
    return false;
  }
  private press(e: KeyboardEvent): boolean {
    if (e.key === ' ') {
      if (e.shiftKey)
        this.select({ top: this.at.row, bottom: this.at.row, left: 0, right: this.h.cols().length - 1 });
      else if (this.at.col === 0) this.act('lead');
      return e.shiftKey || this.col().fixed;
    }
    if (e.key === 'Enter' && this.col().fixed) this.act(this.at.col === 0 ? 'lead' : 'open');
    else if (e.key === 'Enter' && e.shiftKey) return this.onward(e);
    else this.open();
    return true;
  }
  private keyAlt(e: KeyboardEvent): boolean {
    const rect = this.h.grid.rectOf(this.at);
    if (e.key === 'ArrowDown' && e.shiftKey) this.act('down');
    else if (e.key === 'ArrowUp' && e.shiftKey) this.act('up');
    else if (e.key === 'ArrowDown') this.h.deeds.menu(this.col().key, rect);
    else return false;
    return true;
  }
  private keyCtrl(e: KeyboardEvent): boolean {
    const { deeds } = this.h;
    const keys: Record<string, () => void> = {
      z: () => (e.shiftKey ? deeds.redo() : deeds.undo()),
      y: deeds.redo,
      d: () => this.set(filled(this.of, this.box)),
      f: deeds.find,
      a: () =>
        this.select({
          top: 0,
          bottom: Math.max(0, this.h.rows() - 1),
          left: 1,
          right: this.h.cols().length - 1,
        }),
      enter: () => this.act('lead'),
    };
    const insert = e.shiftKey && ['+', '*', '='].includes(e.key);
    const run = insert ? () => this.act('insert') : keys[e.key.toLowerCase()];
    if (!run || (e.shiftKey && !insert && e.key.toLowerCase() !== 'z')) return false;
    run();
    return true;
  }
  /** The first one lets go of the selection, the second leaves the sheet. */
  private escape(): boolean {
    const twice = this.leaving;
    this.go(this.at);
    this.entering = false;
    this.leaving = !twice;
    if (twice) this.h.deeds.leave();
    return true;
  }
  select(box: Box): void {
    this.from = { row: box.bottom, col: box.right };
    this.at = { row: box.top, col: box.left };
    this.show();
    this.h.moved();
  }
  private clear(): boolean {
    this.set(emptied(this.of, this.box));
    return true;
  }
  private copy(e: ClipboardEvent): boolean {
    if (this.editing) return false;
    e.preventDefault();
    const table = copied(this.of, this.box);
    e.clipboardData?.setData('text/plain', writeTsv(table));
    e.clipboardData?.setData('text/html', writeHtml(table));
    return true;
  }
  private paste(e: ClipboardEvent): void {
    if (this.editing) return;
    e.preventDefault();
    const text = e.clipboardData?.getData('text/plain') ?? '';
    const table = text ? readTsv(text) : readHtml(e.clipboardData?.getData('text/html') ?? '');
    if (!table.length || !this.h.writable()) return;
    const start = Math.max(1, this.box.left);
    const { edits, box } = pasted(this.of, { ...this.box, left: start }, table);
    this.set(edits);
    if (edits.length) this.select(box);
  }
}
