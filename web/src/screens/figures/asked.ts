// What the page is asked for: a period and whose, all of it in the address.
import { member, t } from '../../app/words.svelte';
import type { Query } from '../../data/api';
import { get } from '../../data/api';
import type { Page, Rec } from '../../data/types';
import { entity, meta } from '../../meta/meta.svelte';
import { periodIn, spanText } from './period';

export const narrowing = ['owner', 'team', 'source', 'campaign'] as const;
export type Narrowing = (typeof narrowing)[number];

export function askedIn(query: URLSearchParams): Query {
  const { from, to } = periodIn(query);
  return Object.assign({ from, to }, ...narrowing.map((n) => ({ [`${n}_id`]: query.get(n) ?? '' }))) as Query;
}
export const mayReadCampaigns = (): boolean => (entity('campaign')?.can.read ?? 'none') !== 'none';

export const campaignsQuery = () => ({
  queryKey: ['list', 'campaign', 'names'],
  queryFn: () => get<Page<Rec>>('campaigns', { limit: 500, sort: 'title' }),
  enabled: mayReadCampaigns(),
});
export interface Choice {
  id: number;
  name: string;
}
export function choicesOf(name: Narrowing, campaigns: Rec[]): Choice[] {
  if (name === 'owner') return meta().users;
  if (name === 'team') return meta().teams;
  if (name === 'source') return meta().sources;
  return campaigns.map((c) => ({ id: c.id, name: c.title }));
}
/** In words: the days, and whose they are. */
export function askedText(query: URLSearchParams, campaigns: Rec[]): string {
  const named = narrowing.flatMap((n) => {
    const id = Number(query.get(n)) || null;
    const found = id && choicesOf(n, campaigns).find((c) => c.id === id);
    return id ? [found ? found.name : `${member('figures', n)} #${id}`] : [];
  });
  return [spanText(periodIn(query)), ...named].join(' · ') || t('figures.period');
}
