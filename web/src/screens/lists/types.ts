// What the doors of prospect lists answer.
import type { Rec } from '../../data/types';

export const states = ['new', 'called', 'callback', 'lead'] as const;
export type State = (typeof states)[number];
export type Shown = State | 'all' | 'discarded';

export interface Counts extends Record<State, number> {
  rows: number;
  discarded: number;
}
export interface ListColumn {
  key: string;
  label: string;
  type: 'text' | 'int' | 'money' | 'date' | 'bool';
  /** The lead's field that it fills, if any. */
  field?: string | null;
  own: boolean;
  used?: boolean;
  id?: number;
}
export interface SheetHead {
  list: Rec;
  /** Whether rows are held against the firm's customer profile. */
  judged: boolean;
  columns: ListColumn[];
  counts: Counts;
}
export interface RowsPage {
  keys: string[];
  rows: unknown[][];
  next?: string | null;
}
/** A row in hand; its cells by the slot of their column. */
export interface Row {
  id: number;
  version: number;
  position: number;
  state: State;
  lead_id: number | null;
  lead_status_id: number | null;
  call_at: string | null;
  calls: number;
  owner_id: number | null;
  removed_reason: string | null;
  /** Of the customer profile: met, not_met, unknown. */
  qualification: string | null;
  cells: (string | null)[];
  wrong: Record<string, string> | null;
}
