// The folder, its exchanges page by page; the first page holds all the rest.
import { get } from '../../data/api';
import { plural } from '../../meta/meta.svelte';
import type { Folder, Phase } from './types';

export const folderQuery = (entity: string, id: number, phase: Phase | '' = '') => ({
  queryKey: ['folder', entity, id, phase],
  queryFn: ({ pageParam }: { pageParam: string }) =>
    get<Folder>(`${plural(entity)}/${id}/folder`, { limit: 30, phase, cursor: pageParam }),
  initialPageParam: '',
  getNextPageParam: (last: Folder) => last.exchanges.next ?? undefined,
});
