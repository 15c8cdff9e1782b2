export type Names = Record<string, string>;
export interface Warning {
  field: string;
  text: string;
  proposal: string | null;
  kind?: 'open_leads';
  owner_id?: number;
}
export interface Rec {
  id: number;
  entity: string;
  title: string;
  version: number;
  created_at: string;
  updated_at: string;
  removed_at: string | null;
  agenda?: 'todo' | 'standby' | null;
  warnings?: Warning[];
  names?: Names;
  custom?: Record<string, string>;
  [field: string]: unknown;
}
export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number;
  total_is?: 'exact' | 'at_least';
  names?: Names;
}
export interface AgendaPage extends Page<Rec> {
  todo: number;
  standby: number;
  todo_is?: string;
  standby_is?: string;
  warnings?: Warning[];
}
export interface Hit {
  entity: string;
  id: number;
  title: string;
  subtitle: string | null;
  why?: string[];
  /** How much it is like what was asked for, whether that is a lot, and why, in words. */
  score?: number;
  likely?: boolean;
  reasons?: string[];
  /** A row of a list that was discarded, and why. */
  discarded?: string;
}
export interface Conflict {
  entity: string;
  id: number;
  title: string;
  field: string;
  label: string;
  now: unknown;
  was: unknown;
  would_be: unknown;
}
export interface Change {
  field: string;
  label: string;
  old: unknown;
  new: unknown;
  old_text: string | null;
  new_text: string | null;
}
export interface TimelineItem {
  type: 'activity' | 'change' | 'touch';
  at: string;
  activity?: Rec;
  touch?: Rec;
  user?: string;
  user_id?: number;
  operation_id?: number;
  kind?: string;
  text?: string;
  creation?: boolean;
  entity?: string;
  id?: number;
  record_id?: number;
  title?: string;
  changes?: Change[];
}
/** How a lead stands to one rule of the profile. */
export interface Verdict {
  id: number | null;
  sentence: string;
  verdict: 'met' | 'not_met' | 'unknown';
  field: string;
  label: string;
  value: string | null;
  question: string | null;
  alternative: string | null;
}
export interface Qualification {
  qualification: Verdict['verdict'];
  text: string;
  running: boolean;
  rules: Verdict[];
}
export interface Temperature {
  temperature: 'hot' | 'warm' | 'cold';
  text: string;
  overruled: boolean;
  why: string[];
  until: string | null;
}
export interface Parkable {
  owner_id: number;
  open: number;
  limit: number;
  items: { lead: Rec; reason: string; silent_days: number }[];
}
export interface Operation {
  id: number;
  at: string;
  user_id: number;
  user: string;
  kind: string;
  text: string;
  entity: string | null;
  record_id: number | null;
  title: string | null;
  records: number;
  undone_by: number | null;
  undoes: number | null;
  state: 'done' | 'running' | 'undone';
  may_undo: boolean;
}
export interface Column {
  key: string;
  entity: 'lead' | 'opportunity';
  id: number;
  name: string;
  type: string;
  count: number;
  count_is?: string;
  sum: number | null;
  currency: string;
  items: Rec[];
}
export interface Board {
  columns: Column[];
  names?: Names;
}
export interface Step {
  status_id: number;
  name: string;
  type: string;
  state: 'done' | 'current' | 'ahead' | 'skipped';
  days: number;
}

export const str = (r: Record<string, unknown>, field: string): string => {
  const v = r[field];
  return v === null || v === undefined ? '' : String(v);
};
export const num = (r: Record<string, unknown>, field: string): number | null => {
  const v = r[field];
  return typeof v === 'number' ? v : null;
};
