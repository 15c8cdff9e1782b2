import type { Names, Rec } from '../../data/types';

/** How much two are alike, and why, in words. */
export interface Alike {
  score: number;
  reasons: string[];
}
/** What one field says in each of them, and in the one that stays. */
export interface Said {
  field: string;
  label: string;
  differs: boolean;
  chosen: number | null;
  may_choose: boolean;
  may_join: boolean;
  texts: Record<string, string | null>;
  result: string | null;
}
export interface Preview {
  possible: boolean;
  why: string | null;
  survivor: number;
  records: { id: number; title: string; subtitle: string | null; created_at: string }[];
  versions: Record<string, number>;
  fields: Said[];
  pairs: (Alike & { a: number; b: number })[];
  links: { entity: string; label: string; field: string; count: number }[];
}
export interface Group extends Alike {
  id: number;
  entity: string;
  records: Rec[];
}
export interface Groups {
  items: Group[];
  next: string | null;
  names?: Names;
}
export interface Run {
  entity: string;
  state: 'none' | 'running' | 'stopping' | 'done' | 'stopped' | 'failed';
  ended_at: string | null;
  progress: { phase: string; done: number; all: number; groups: number } | null;
  problem: string | null;
  found: boolean;
}
/** Whose value stays: that record's, or all of them one after the other. */
export type Pick = number | 'all';
