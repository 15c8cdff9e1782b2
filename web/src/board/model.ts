// The board as data: which column a card stands in, and where it would go.
import { worth } from '../meta/card';
import type { Board, Column, Rec } from '../data/types';

export const columnOf = (columns: Column[], id: number): Column | undefined =>
  columns.find((c) => c.items.some((r) => r.id === id));

/** The board with a card in another column, counts and sums told anew. */
export function moved(board: Board, r: Rec, to: string, at = 0): Board {
  const from = columnOf(board.columns, r.id);
  if (!from || from.key === to) return board;
  const value = worth(r) ?? 0;
  return {
    ...board,
    columns: board.columns.map((c) => {
      if (c.key === from.key)
        return {
          ...c,
          items: c.items.filter((x) => x.id !== r.id),
          count: c.count - 1,
          sum: (c.sum ?? 0) - value,
        };
      if (c.key !== to) return c;
      const items = [...c.items.slice(0, at), r, ...c.items.slice(at)];
      return { ...c, items, count: c.count + 1, sum: (c.sum ?? 0) + value };
    }),
  };
}
/** The next column of the same kind, one step on or back. */
export function beside(columns: Column[], r: Rec, step: 1 | -1): Column | undefined {
  const mine = columns.filter((c) => c.entity === r.entity);
  return mine[mine.findIndex((c) => c.items.some((x) => x.id === r.id)) + step];
}
/** Where the arrows lead from a card. */
export function neighbour(columns: Column[], id: number, key: string): Rec | undefined {
  const ci = columns.findIndex((c) => c.items.some((r) => r.id === id));
  const i = columns[ci]?.items.findIndex((r) => r.id === id) ?? 0;
  if (key === 'up') return columns[ci]?.items[i - 1];
  if (key === 'down') return columns[ci]?.items[i + 1];
  const step = key === 'left' ? -1 : 1;
  for (let c = ci + step; columns[c]; c += step) {
    const items = columns[c]?.items ?? [];
    if (items.length) return items[Math.min(i, items.length - 1)];
  }
  return undefined;
}
