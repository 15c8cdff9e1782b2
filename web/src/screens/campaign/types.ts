// What a campaign brought, as the server tells it.
import { get } from '../../data/api';

export type Attribution = 'first' | 'last' | 'even';
interface Sums {
  revenue: number;
  cost: number;
  roi: number | null;
  wins: number;
}
export interface Roi extends Sums {
  attribution: Attribution;
  currency: string;
  lacking: string[];
  people: number;
  touches: Record<string, number>;
  deals: {
    id: number;
    name: string;
    closed_at: string;
    amount: number;
    currency: string;
    base_amount: number | null;
    share: number | null;
  }[];
  costs: {
    id: number;
    spent_on: string;
    what: string;
    amount: number;
    currency: string;
  }[];
}
export interface RoiTable {
  attribution: Attribution;
  currency: string;
  lacking: string[];
  items: (Sums & { id: number; name: string; kind: string; state: string })[];
}
export interface Audience {
  people: number;
  ready: number;
  left_out: Record<string, number>;
}
export interface Run {
  state: 'none' | 'running' | 'done' | 'stopped';
  queued: number;
  left_out: number;
  started_at: string | null;
  ended_at: string | null;
}
// Under `kpi`: whatever changes those figures changes these.
export const roiQuery = (id: number, attribution: Attribution) => ({
  queryKey: ['kpi', 'roi', id, attribution],
  queryFn: () => get<Roi>(`campaigns/${id}/roi`, { attribution }),
});
export const roiTableQuery = (attribution: Attribution) => ({
  queryKey: ['kpi', 'roi', attribution],
  queryFn: () => get<RoiTable>('campaigns/roi', { attribution }),
});
