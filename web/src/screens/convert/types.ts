import type { Rec } from '../../data/types';

export interface Twin {
  id: number;
  title: string;
  subtitle: string | null;
  why: string[];
  fill: Record<string, unknown>;
  differs: Record<string, { ours: unknown; theirs: unknown }>;
}
export interface Part {
  default: boolean;
  fields: Record<string, unknown>;
  duplicates?: Twin[];
}
export type PartName = 'company' | 'contact' | 'opportunity';
export const partNames: PartName[] = ['company', 'contact', 'opportunity'];
export interface Plan {
  possible: boolean;
  why: string | null;
  company: Part;
  contact: Part;
  opportunity: Part;
  owner_id: number | null;
  rows: { from: string; to: string; value: unknown }[];
  unmapped: string[];
}
export interface Converted {
  lead: Rec;
  company: Rec | null;
  contact: Rec | null;
  opportunity: Rec | null;
}
/** What the user has decided for one part: off, an existing record, or these fields. */
export interface Choice {
  on: boolean;
  use: number | null;
  fields: Record<string, unknown>;
}
export function choiceFor(p: Part): Choice {
  return { on: p.default, use: p.duplicates?.[0]?.id ?? null, fields: { ...p.fields } };
}
export function told(c: Choice): Record<string, unknown> | null {
  if (!c.on) return null;
  return c.use ? { id: c.use } : c.fields;
}
