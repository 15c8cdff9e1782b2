// What the server says of itself; everything drawn is drawn from here.
import { member, t } from '../app/words.svelte';
import { get } from '../data/api';

export interface Choice {
  value: string;
  label: string;
}
export interface Field {
  name: string;
  type: string;
  label: string;
  group: string;
  required: boolean;
  /** The firm wants it filled in. */
  asked: boolean;
  /** The firm does not use it. */
  hidden: boolean;
  /** One of the firm's own. */
  custom: boolean;
  readonly: boolean;
  list: boolean;
  sort: boolean;
  filter: boolean;
  /** Asked of the clock: it is or it is not. */
  by_clock: boolean;
  quick: boolean;
  max: number | null;
  choices: Choice[] | null;
  /** Of a choice: what it is when nobody says. */
  initial: string | null;
  to: string | null;
  suggest: string[] | null;
}
export interface Entity {
  name: string;
  plural: string;
  label: string;
  labels: string;
  setup: boolean;
  can: { create: boolean; read: string; write: string; remove: string; export: string };
  panels: { name: string; label: string | null }[];
  /** What is shown, in the order of the card. */
  fields: Field[];
  /** The same with what the firm hides. */
  all: Field[];
  verbs: string[];
}
export interface User {
  id: number;
  name: string;
  initials?: string;
  email?: string;
  lang?: 'it' | 'en';
  theme?: 'auto' | 'light' | 'dark';
  active?: boolean;
  digest?: boolean;
  digest_hour?: number;
  time_zone?: string | null;
  version?: number;
}
export interface LeadStatus {
  id: number;
  name: string;
  type: string;
  active: boolean;
  expiry_days: number;
}
export interface Stage {
  id: number;
  name: string;
  probability: number;
  active: boolean;
  pipeline_id: number;
  required_fields: string | null;
}
export interface Pipeline {
  id: number;
  name: string;
  active: boolean;
}
export interface Firm {
  name: string | null;
  currency: string;
  time_zone: string;
  open_leads_warning: number;
  business_model: 'both' | 'b2b' | 'b2c';
  simple_mode: boolean;
}
export interface Meta {
  version: string;
  langs: ('it' | 'en')[];
  currencies: string[];
  firm: Firm;
  is_admin: boolean;
  me: User;
  entities: Entity[];
  action_kinds: Choice[];
  lead_statuses: LeadStatus[];
  pipelines: Pipeline[];
  stages: Stage[];
  reasons: { id: number; name: string; kind: string; active: boolean }[];
  sources: { id: number; name: string }[];
  users: User[];
  teams: { id: number; name: string }[];
}
let loaded = $state.raw<Meta | null>(null);

export const known = (): boolean => loaded !== null;
export function meta(): Meta {
  if (!loaded) throw new Error('meta is not loaded yet');
  return loaded;
}
export async function loadMeta(): Promise<Meta> {
  const fresh = await get<Meta>('meta');
  for (const e of fresh.entities) {
    e.all = e.fields;
    e.fields = e.all.filter((f) => !f.hidden);
  }
  return (loaded = fresh);
}
/** The firm sells to the lead itself: no companies and contacts to look after (C9). */
export const isSimple = (): boolean => loaded?.firm.simple_mode ?? false;
export const forget = (): void => void (loaded = null);

export const entity = (name: string): Entity | undefined => loaded?.entities.find((e) => e.name === name);
export const byPlural = (p: string): Entity | undefined => loaded?.entities.find((e) => e.plural === p);
export const plural = (name: string): string => entity(name)?.plural ?? `${name}s`;
export const field = (name: string, f: string): Field | undefined =>
  entity(name)?.all.find((x) => x.name === f);
/** Whether two of it may turn out to be the same, and be merged. */
export const isComparable = (name: string): boolean => entity(name)?.verbs.includes('merge') ?? false;
/** What a panel of the card is called: by the firm, else by us. */
export const panelTitle = (p: { name: string; label: string | null }): string =>
  p.label ?? member('group', p.name);
export const href = (r: { entity: string; id: number }): string => `/${plural(r.entity)}/${r.id}`;
export const userName = (id: unknown): string => loaded?.users.find((u) => u.id === id)?.name ?? '';
export const kindLabel = (value: unknown): string =>
  loaded?.action_kinds.find((k) => k.value === value)?.label ?? t('action.toHandle');

/** The name of a linked record, from meta where we hold it, else from what came along. */
export function linkText(f: Field, id: unknown, names?: Record<string, string>): string {
  if (id === null || id === undefined) return '';
  const from: Record<string, { id: number; name: string }[] | undefined> = {
    user: loaded?.users,
    source: loaded?.sources,
    lead_status: loaded?.lead_statuses,
    stage: loaded?.stages,
    pipeline: loaded?.pipelines,
    reason: loaded?.reasons,
    team: loaded?.teams,
  };
  const held = f.to ? from[f.to]?.find((x) => x.id === id) : undefined;
  return held?.name ?? names?.[String(id)] ?? `#${String(id)}`;
}
