// What is selected as a table, and a table laid over what is selected.
import type { Box, Col, Edit, Source } from './types';

interface Of {
  cols: Col[];
  source: Source;
  /** Rows there are; those past them are new. */
  rows: number;
}
const open = (cols: Col[], from: number, to: number): Col[] =>
  cols.slice(from, to + 1).filter((c) => !c.fixed);

export function copied(of: Of, box: Box): string[][] {
  const cols = open(of.cols, box.left, box.right);
  const rows: string[][] = [];
  for (let row = box.top; row <= Math.min(box.bottom, of.rows - 1); row++)
    rows.push(cols.map((c) => of.source.text(row, c)));
  return rows;
}
/** A table laid at a box's corner, and the box it fills; repeated when the box is a whole number of them. */
export function pasted(of: Of, box: Box, table: string[][]): { edits: Edit[]; box: Box } {
  const across = Math.max(...table.map((r) => r.length));
  const times = (room: number, size: number) => (room % size === 0 ? room / size : 1);
  const down = times(box.bottom - box.top + 1, table.length) * table.length;
  const cols = open(of.cols, box.left, of.cols.length - 1);
  const chosen = open(of.cols, box.left, box.right).length;
  const width = Math.min(times(Math.max(chosen, 1), across) * across, cols.length);
  const edits: Edit[] = [];
  for (let r = 0; r < down; r++)
    for (let c = 0; c < width; c++) {
      const value = table[r % table.length]![c % across];
      if (value !== undefined) edits.push({ row: box.top + r, key: cols[c]!.key, value });
    }
  const right = of.cols.findIndex((c) => c.key === cols[width - 1]?.key);
  return { edits, box: { ...box, bottom: box.top + down - 1, right: Math.max(right, box.left) } };
}
export function emptied(of: Of, box: Box): Edit[] {
  const edits: Edit[] = [];
  for (let row = box.top; row <= Math.min(box.bottom, of.rows - 1); row++)
    for (const c of open(of.cols, box.left, box.right))
      if (of.source.text(row, c) !== '') edits.push({ row, key: c.key, value: '' });
  return edits;
}
/** The first row of a selection goes into the others; a single cell takes the one above. */
export function filled(of: Of, box: Box): Edit[] {
  const from = box.top === box.bottom ? box.top - 1 : box.top;
  const edits: Edit[] = [];
  if (from < 0) return edits;
  for (const c of open(of.cols, box.left, box.right)) {
    const value = of.source.text(from, c);
    for (let row = from + 1; row <= box.bottom; row++)
      if (row >= of.rows || of.source.text(row, c) !== value) edits.push({ row, key: c.key, value });
  }
  return edits;
}
