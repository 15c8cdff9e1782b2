// What GET /companies/{id}/folder says.
import type { Hit, Names, Page, Rec, TimelineItem } from '../../data/types';

export type Phase = 'lead' | 'negotiation' | 'customer';
export interface Exchange extends TimelineItem {
  phase: Phase;
}
interface Sum {
  count: number;
  amount: number | null;
  weighted?: number | null;
}
export interface Folder {
  is_folder: boolean;
  company_id: number | null;
  currency: string;
  currencies_without_rate: string[];
  totals: { won: Sum; open: Sum; lost: Sum };
  first_contact_at: string;
  last_contact_at: string;
  phases: { phase: Phase; count: number }[];
  opportunities: Rec[];
  renewals: Rec[];
  people: Rec[];
  exchanges: Page<Exchange>;
  names?: Names;
}
export interface Proposal {
  name: string;
  companies: Hit[];
}
