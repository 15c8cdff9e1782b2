// SlickGrid, mended: it draws rows and headings, and no more. Its style element becomes a constructed sheet (the
// page allows no inline styles), its own keys, clicks and drags are silent (hand.ts and touch.ts have them), cells
// and rows say where they stand.
import './sortable';
import { SlickGrid, type Column, type GridOption } from 'slickgrid';
import type { Box, Col, Source, Spot } from './types';

export interface Item {
  at: number;
}
type Drawn = Column<Item> & { col: Col };
interface Range {
  top: number;
  bottom: number;
  leftPx: number;
  rightPx: number;
}
export interface Room {
  source: Source;
  head: (node: HTMLElement, col: Col) => void;
  filter: (node: HTMLElement, col: Col) => void;
}
const extra = 2; // heading and filter row, as assistive programs count rows
const beside = { rows: 4, px: 240 }; // drawn beyond what is seen: as far as one step scrolls

/** Rows by number: the source knows what stands in them. */
class Rows {
  length = 0;
  getLength = (): number => this.length;
  getItem = (at: number): Item | undefined => (at < this.length ? { at } : undefined);
}
export class Grid extends SlickGrid<Item, Drawn> {
  declare private rules: CSSStyleSheet;
  declare private lines: Rows;
  declare private blank: HTMLElement;
  declare private boxes: { cursor: HTMLElement; range: HTMLElement }[];
  declare room: Room;

  constructor(node: HTMLElement, room: Room, rowHeight: number, addRow: boolean) {
    const lines = new Rows();
    const options: GridOption<Drawn> = {
      rowHeight,
      headerRowHeight: rowHeight + 8,
      showHeaderRow: true,
      enableHtmlRendering: false,
      enableAddRow: addRow,
      explicitInitialization: true,
      skipFreezeColumnValidation: true,
      forceSyncScrolling: true,
      frozenColumn: -1,
    };
    super(node, lines as never, [], options);
    const blank = Object.assign(document.createElement('div'), { role: 'gridcell', tabIndex: -1 });
    Object.assign(this, { room, lines, blank, boxes: [] });
    this.onHeaderCellRendered.subscribe((_, a) => room.head(a.node, (a.column as Drawn).col));
    this.onHeaderRowCellRendered.subscribe((_, a) => {
      a.node.setAttribute('role', 'gridcell');
      room.filter(a.node, (a.column as Drawn).col);
    });
    this.init();
    this.tidy(node);
  }
  /** One place for the Tab key, roles that hold together, and the boxes around what is selected. */
  private tidy(node: HTMLElement): void {
    for (const e of node.querySelectorAll('[tabindex]:not(button, input)')) e.removeAttribute('tabindex');
    for (const e of node.querySelectorAll<HTMLElement>('.slick-viewport-top')) {
      e.role = 'rowgroup';
      e.tabIndex = -1;
    }
    for (const e of node.querySelectorAll('.slick-headerrow-columns')) e.setAttribute('role', 'row');
    for (const e of node.querySelectorAll<HTMLElement>('.slick-header-right, .slick-header-left'))
      e.addEventListener('scroll', () => this.handleElementScroll(e));
    const boxIn = (canvas: Element, name: string): HTMLElement => {
      const box = document.createElement('div');
      box.className = `box ${name}`;
      box.hidden = true;
      canvas.append(box);
      return box;
    };
    for (const canvas of this.getCanvases().slice(0, 2))
      this.boxes.push({ cursor: boxIn(canvas, 'cursor'), range: boxIn(canvas, 'range') });
  }
  protected override createCssRules(): void {
    const at = `.${this.getUID()}`;
    const { rowHeight, headerRowHeight } = this.getOptions();
    const text = [`${at} .slick-header-column{left:1000px}`];
    text.push(`${at} .slick-headerrow-columns{height:${headerRowHeight}px}`);
    text.push(`${at} .slick-cell,${at} .slick-row{height:${rowHeight}px}`);
    for (const i of this.getColumns().keys()) text.push(`${at} .l${i}{}`, `${at} .r${i}{}`);
    this.rules = new CSSStyleSheet();
    this.rules.replaceSync(text.join('\n'));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.rules];
  }
  protected override getColumnCssRules(i: number): { left: CSSStyleRule; right: CSSStyleRule } {
    const all = this.rules.cssRules as unknown as CSSStyleRule[];
    return { left: all[3 + 2 * i]!, right: all[4 + 2 * i]! };
  }
  protected override removeCssRules(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== this.rules);
  }
  protected override handleKeyDown(): void {}
  protected override handleClick(): void {}
  protected override handleDblClick(): void {}
  protected override handleContextMenu(): void {}
  protected override createDraggable(): void {}
  protected override setFocus(): void {}
  /** The grid's own takes another screen or two on each side, which every jump then waits for. */
  override getRenderedRange(top?: number, left?: number) {
    const seen = this.getVisibleRange(top, left);
    return {
      top: Math.max(0, seen.top - beside.rows),
      bottom: Math.min(this.getDataLengthIncludingAddNew() - 1, seen.bottom + beside.rows),
      leftPx: Math.max(0, seen.leftPx - beside.px),
      rightPx: Math.min(this.canvasWidth, seen.rightPx + beside.px),
    };
  }

  protected override appendRowHtml(l: HTMLElement[], r: HTMLElement[], row: number, range: Range, n: number) {
    super.appendRowHtml(l, r, row, range, n);
    for (const half of [l.at(-1), r.at(-1)]) half?.setAttribute('aria-rowindex', String(row + 1 + extra));
  }
  /** The grid's own asks of each cell what no cell here has: spans, tool tips, plug-ins' classes. */
  protected override appendCellHtml(into: HTMLElement, row: number, cell: number): void {
    const { source } = this.room;
    const { col } = this.columns[cell]!;
    const node = this.blank.cloneNode() as HTMLElement;
    const look = source.look(row, col);
    const held = cell <= (this.getOptions().frozenColumn ?? -1);
    node.className = `slick-cell l${cell} r${cell}${held ? ' frozen' : ''}${col.right ? ' right' : ''} ${look}`;
    node.id = this.idOf({ row, col: cell });
    node.ariaColIndex = String(cell + 1);
    if (look.includes('bad')) node.title = source.note(row, col);
    if (row < this.lines.length) {
      if (col.fixed) node.append(source.draw(row, col));
      else node.textContent = source.text(row, col);
    }
    into.append(node);
    const drawn = this.rowsCache[row]!;
    drawn.cellRenderQueue.push(cell);
    drawn.cellColSpans[cell] = 1;
  }
  idOf = (s: Spot): string => `${this.getUID()}-${s.row}-${s.col}`;

  /** These columns, the first `frozen` of them held at the left. */
  show(cols: Col[], frozen: number): void {
    const drawn = cols.map((col): Drawn => ({
      id: col.key,
      name: col.label,
      field: 'at',
      width: col.width,
      minWidth: 56,
      reorderable: col.headed,
      resizable: col.headed,
      col,
    }));
    // It holds none of the columns that it does not have yet.
    if (this.getColumns().length < frozen) this.setColumns(drawn);
    this.setOptions({ frozenColumn: frozen - 1 }, true, true);
    this.setColumns(drawn);
    this.getContainerNode().setAttribute('aria-colcount', String(cols.length));
  }
  /** So many rows, all drawn anew. */
  fill(n: number): void {
    this.lines.length = n;
    this.getContainerNode().setAttribute('aria-rowcount', String(this.last() + 1 + extra));
    this.invalidateAllRows();
    this.updateRowCount();
    this.render();
  }
  /** The last row one can stand on: the empty one below, where rows may be added. */
  last(): number {
    return this.lines.length - (this.getOptions().enableAddRow ? 0 : 1);
  }
  redraw(rows: Iterable<number>): void {
    this.invalidateRows([...rows]);
    this.render();
  }
  reveal(s: Spot): void {
    this.scrollRowIntoView(s.row);
    if (s.col > (this.getOptions().frozenColumn ?? -1)) this.scrollColumnIntoView(s.col);
  }
  /** Rows that a page of scrolling passes. */
  leap(): number {
    return Math.max(1, Math.floor(this.getViewportHeight() / this.getRowHeight()) - 1);
  }
  /** Where a cell stands on the page, scrolled or not. */
  rectOf(s: Spot): DOMRect {
    const canvas =
      this.getCanvases()[s.col > (this.getOptions().frozenColumn ?? -1) && this.hasFrozenColumns() ? 1 : 0]!;
    const from = canvas.getBoundingClientRect();
    const left = this.columnPosLeft[s.col] ?? 0;
    const width = (this.columnPosRight[s.col] ?? 0) - left;
    return new DOMRect(from.left + left, from.top + this.getRowTop(s.row), width, this.getRowHeight(s.row));
  }
  /** Draw the boxes: around the cell one stands on, and over what is selected. */
  mark(cursor: Spot, range: Box): void {
    const edge = this.hasFrozenColumns()
      ? (this.getOptions().frozenColumn ?? -1) + 1
      : this.getColumns().length;
    const halves = [
      [0, edge],
      [edge, this.getColumns().length],
    ] as const;
    const one = { top: cursor.row, bottom: cursor.row, left: cursor.col, right: cursor.col };
    const many = range.top !== range.bottom || range.left !== range.right;
    halves.forEach(([from, to], i) => {
      this.place(this.boxes[i]!.cursor, one, from, to);
      this.place(this.boxes[i]!.range, many ? range : null, from, to);
    });
  }
  private place(box: HTMLElement, at: Box | null, from: number, to: number): void {
    const left = Math.max(at?.left ?? 0, from);
    const right = Math.min(at?.right ?? -1, to - 1);
    box.hidden = !at || left > right;
    if (!at || box.hidden) return;
    const x = this.columnPosLeft[left] ?? 0;
    const y = this.getRowTop(at.top);
    box.style.transform = `translate(${x}px, ${y}px)`;
    box.style.width = `${(this.columnPosRight[right] ?? 0) - x}px`;
    box.style.height = `${this.getRowTop(at.bottom) + this.getRowHeight(at.bottom) - y}px`;
  }
}
