// The pages of the set-up; what one may not read is not offered.
import type { Component } from 'svelte';
import type { Word } from '../../app/words.svelte';
import { entity, meta } from '../../meta/meta.svelte';

type Screen = () => Promise<{ default: unknown }>;
export interface Place {
  path: string;
  word: Word;
  group: 'firm' | 'sales' | 'people';
  entity: string;
  load?: Screen;
  props?: Record<string, unknown>;
}
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
export const setupScreen = (path: string): Place | undefined =>
  setupPlaces.find((p) => p.path === path && p.load);
export type SetupScreen = Component<Record<string, unknown>>;
