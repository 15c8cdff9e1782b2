// What the screens ask for, by name; the keys are those data/cache.ts knows.
import { get } from './api';
import type {
  AgendaPage,
  Board,
  Page,
  Parkable,
  Qualification,
  Rec,
  Step,
  Temperature,
  TimelineItem,
} from './types';
import { plural } from '../meta/meta.svelte';

export const recordQuery = (entity: string, id: number) => ({
  queryKey: ['record', entity, id],
  queryFn: () => get<Rec>(`${plural(entity)}/${id}`),
});
export const relatedQuery = (entity: string, field: string, id: number) => ({
  queryKey: ['related', entity, field, id],
  queryFn: () => get<Page<Rec>>(plural(entity), { [field]: id, limit: 20, names: true, count: true }),
});
export const timelineQuery = (entity: string, id: number) => ({
  queryKey: ['timeline', entity, id],
  queryFn: ({ pageParam }: { pageParam: string }) =>
    get<Page<TimelineItem>>(`${plural(entity)}/${id}/timeline`, { limit: 30, cursor: pageParam }),
  initialPageParam: '',
  getNextPageParam: (last: Page<TimelineItem>) => last.next ?? undefined,
});
/** Every time zone the server knows; asked for once. */
export const timeZones = {
  queryKey: ['time-zones'],
  queryFn: async () => (await get<{ items: string[] }>('time-zones')).items,
  staleTime: Infinity,
};
export const progressQuery = (id: number) => ({
  queryKey: ['progress', id],
  queryFn: () => get<{ items: Step[] }>(`leads/${id}/progress`),
});
export const qualificationQuery = (id: number) => ({
  queryKey: ['judged', 'qualification', id],
  queryFn: () => get<Qualification>(`leads/${id}/qualification`),
});
export const temperatureQuery = (id: number) => ({
  queryKey: ['judged', 'temperature', id],
  queryFn: () => get<Temperature>(`leads/${id}/temperature`),
});
export const parkableQuery = (owner: number) => ({
  queryKey: ['judged', 'parkable', owner],
  queryFn: () => get<Parkable>('leads/parkable', { owner_id: owner }),
});
export const agendaQuery = (list: string, who: string) => ({
  queryKey: ['agenda', list, who],
  queryFn: ({ pageParam }: { pageParam: string }) =>
    get<AgendaPage>('agenda', { list, who, limit: 60, cursor: pageParam }),
  initialPageParam: '',
  getNextPageParam: (last: AgendaPage) => last.next ?? undefined,
});
export const boardQuery = (who: string, q: string, pipeline: number | null) => ({
  queryKey: ['board', who, q, pipeline],
  queryFn: () => get<Board>('board', { who, q, pipeline_id: pipeline, limit: 50 }),
});
export const listQuery = (entity: string, query: string) => ({
  queryKey: ['list', entity, query],
  queryFn: ({ pageParam }: { pageParam: string }) => {
    const q = new URLSearchParams(query);
    q.set('limit', '60');
    q.set('names', 'true');
    if (pageParam) q.set('cursor', pageParam);
    else q.set('count', 'true');
    return get<Page<Rec>>(plural(entity), q);
  },
  initialPageParam: '',
  getNextPageParam: (last: Page<Rec>) => last.next ?? undefined,
});
