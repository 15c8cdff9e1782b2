// The pages of the set-up; what one may not read is not offered.
import type { Word } from '../../app/words.svelte';
import { entity, meta } from '../../meta/meta.svelte';

type Screen = () => Promise<{ default: unknown }>;
export interface Place {
  path: string;
  word: Word;
  group: 'firm' | 'sales' | 'people';
  entity: string;
  load?: Screen;
}
/** Groups of the firm's fields that have a page of their own. */
export const groupsOfMail = ['sender', 'mail'];
/** Those of no form: what the program notes by itself. */
export const groupsOfNone = ['origin', 'password'];
const steps = () => import('./StepsPage.svelte');
export const setupPlaces: Place[] = [
  { path: 'firm', word: 'setup.firm', group: 'firm', entity: 'firm', load: () => import('./Firm.svelte') },
  { path: 'mail', word: 'mail.title', group: 'firm', entity: 'firm', load: () => import('./Mail.svelte') },
  {
    path: 'outbox',
    word: 'outbox.title',
    group: 'firm',
    entity: 'firm',
    load: () => import('./Outbox.svelte'),
  },
  {
    path: 'suppressions',
    word: 'suppress.title',
    group: 'firm',
    entity: 'firm',
    load: () => import('./Suppressions.svelte'),
  },
  { path: 'series', word: 'setup.series', group: 'firm', entity: 'series', load: steps },
  { path: 'rates', word: 'setup.rates', group: 'firm', entity: 'rate', load: steps },
  { path: 'statuses', word: 'setup.statuses', group: 'sales', entity: 'lead_status', load: steps },
  {
    path: 'pipelines',
    word: 'setup.pipelines',
    group: 'sales',
    entity: 'pipeline',
    load: () => import('./Pipelines.svelte'),
  },
  { path: 'sources', word: 'setup.sources', group: 'sales', entity: 'source', load: steps },
  {
    path: 'qualification',
    word: 'rules.title',
    group: 'sales',
    entity: 'qualification_rule',
    load: () => import('../qualification/Qualification.svelte'),
  },
  {
    path: 'reasons',
    word: 'setup.reasons',
    group: 'sales',
    entity: 'reason',
    load: () => import('./Reasons.svelte'),
  },
  {
    path: 'fields',
    word: 'setup.fields',
    group: 'firm',
    entity: 'field_layout',
    load: () => import('./Fields.svelte'),
  },
  {
    path: 'mapping',
    word: 'setup.mapping',
    group: 'sales',
    entity: 'mapping',
    load: () => import('./Mapping.svelte'),
  },
  {
    path: '/web-forms',
    word: 'setup.forms',
    group: 'sales',
    entity: 'web_form',
  },
  { path: '/users', word: 'setup.users', group: 'people', entity: 'user' },
  { path: 'teams', word: 'setup.teams', group: 'people', entity: 'team', load: steps },
  {
    path: 'roles',
    word: 'setup.roles',
    group: 'people',
    entity: 'role',
    load: () => import('./Roles.svelte'),
  },
];
export const groups = ['firm', 'sales', 'people'] as const;
export const shownPlaces = (): Place[] =>
  meta().is_admin ? setupPlaces.filter((p) => (entity(p.entity)?.can.read ?? 'none') !== 'none') : [];
export const placeHref = (p: Place): string => (p.path.startsWith('/') ? p.path : `/settings/${p.path}`);
/** The screen of a page of the set-up; an address that is none leads to all of them. */
export async function loadPlace(
  path: string,
): Promise<{ default: unknown; props?: Record<string, unknown> }> {
  const p = setupPlaces.find((x) => x.path === path && x.load);
  if (!p?.load) return import('../settings/Settings.svelte');
  return { default: (await p.load()).default, props: { entity: p.entity, word: p.word } };
}
