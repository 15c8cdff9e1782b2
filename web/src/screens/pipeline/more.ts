// The next cards of one column, added to what the board holds.
import { get } from '../../data/api';
import { client } from '../../data/client';
import { boardQuery } from '../../data/queries';
import type { Board, Column, Names, Rec } from '../../data/types';

interface More {
  columns?: Column[];
  items?: Rec[];
  names?: Names;
}
export async function loadMore(c: Column, who: string, q: string, pipeline: number | null): Promise<void> {
  const last = c.items.at(-1);
  if (!last) return;
  const more = await get<More>('board', { who, q, column: c.key, after: last.id, limit: 50 });
  const items = more.columns?.find((x) => x.key === c.key)?.items ?? more.items ?? [];
  client.setQueryData<Board>(
    boardQuery(who, q, pipeline).queryKey,
    (b) =>
      b && {
        names: { ...b.names, ...more.names },
        columns: b.columns.map((x) => (x.key === c.key ? { ...x, items: [...x.items, ...items] } : x)),
      },
  );
}
