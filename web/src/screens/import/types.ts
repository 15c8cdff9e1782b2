import type { Warning } from '../../data/types';

export interface ImportColumn {
  at: number;
  heading: string;
  field: string | null;
  samples: string[];
}
export interface Match {
  entity: string;
  id: number;
  title: string;
  why?: string[];
}
export interface Report {
  rows: number;
  good: number;
  refused: number;
  duplicates: number;
  in_file: number;
  refused_rows: { line: number; fields: Record<string, string> }[];
  duplicate_rows: { line: number; title: string; matches: Match[] }[];
}
export interface Progress {
  done: number;
  all: number;
  created: number;
  updated: number;
  skipped: number;
  refused: number;
}
export interface Import {
  id: number;
  entity: string;
  name: string;
  state: 'read' | 'checking' | 'checked' | 'running' | 'done' | 'failed';
  rows: number;
  encoding: string;
  /** Of a workbook: the sheet that was read. */
  sheet?: string | null;
  /** Of rows of a list: which one; without an id it is made by the run. */
  into?: { id: number | null; name: string | null } | null;
  separator: string;
  columns: ImportColumn[];
  mode: 'create' | 'update' | 'skip';
  key: string | null;
  mapping: Record<string, string | null>;
  report: Report | null;
  progress: Progress | null;
  operation_id: number | null;
  warnings?: Warning[];
}
export interface Sheets {
  sheets: { name: string; hidden: boolean }[];
  sheet: string | null;
}
