// Where the keys lead: from a cell to another, as in a spreadsheet.
import type { Box, Spot } from './types';

export interface Ground {
  rows: number;
  cols: number;
  page: number;
  full: (s: Spot) => boolean;
}
const within = (n: number, last: number): number => Math.max(0, Math.min(last, n));

/** The edge of what is filled, in that direction; over what is empty, the next that is filled. */
function edge(from: Spot, dr: number, dc: number, g: Ground): Spot {
  const next = (s: Spot): Spot => ({ row: s.row + dr, col: s.col + dc });
  const inside = (s: Spot) => s.row >= 0 && s.row < g.rows && s.col >= 0 && s.col < g.cols;
  let at = next(from);
  if (!inside(at)) return from;
  const along = g.full(from) && g.full(at);
  while (inside(next(at)) && (along ? g.full(next(at)) : !g.full(at))) at = next(at);
  return at;
}
const steps: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
/** Where a key leads from here; null when it leads nowhere. */
export function lead(key: string, ctrl: boolean, from: Spot, g: Ground): Spot | null {
  const step = steps[key];
  if (step && ctrl) return edge(from, step[0], step[1], g);
  const to = { ...from };
  if (step) [to.row, to.col] = [from.row + step[0], from.col + step[1]];
  else if (key === 'Home') [to.row, to.col] = [ctrl ? 0 : from.row, 0];
  else if (key === 'End') [to.row, to.col] = [ctrl ? g.rows - 1 : from.row, g.cols - 1];
  else if (key === 'PageUp') to.row -= g.page;
  else if (key === 'PageDown') to.row += g.page;
  else return null;
  return { row: within(to.row, g.rows - 1), col: within(to.col, g.cols - 1) };
}
export const boxOf = (a: Spot, b: Spot): Box => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.col, b.col),
  right: Math.max(a.col, b.col),
});
