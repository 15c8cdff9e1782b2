// What narrows the operations besides whose they are: it came by a link from the figures.
import { t } from '../../app/words.svelte';
import { get } from '../../data/api';
import type { Rec } from '../../data/types';
import { span } from '../../meta/chips';
import { entity, meta } from '../../meta/meta.svelte';

export const narrowing = ['work', 'at[gte]', 'at[lt]', 'source_id', 'campaign_id'] as const;
export interface Narrowed {
  keys: string[];
  label: string;
  text: string;
}

export const campaignQuery = (id: string | null) => ({
  queryKey: ['record', 'campaign', Number(id)],
  queryFn: () => get<Rec>(`campaigns/${id}`),
  enabled: id !== null,
});
export function narrowedBy(query: URLSearchParams, campaign: string): Narrowed[] {
  const found: Narrowed[] = [];
  const [from, before] = [query.get('at[gte]'), query.get('at[lt]')];
  const source = query.get('source_id');
  const label = (name: string) => entity('lead')?.all.find((f) => f.name === name)?.label ?? '';
  if (query.get('work') === 'true') found.push({ keys: ['work'], label: t('operations.work'), text: '' });
  if (from ?? before)
    found.push({
      keys: ['at[gte]', 'at[lt]'],
      label: t('operations.when'),
      text: span(from ?? undefined, before ?? undefined),
    });
  if (source)
    found.push({
      keys: ['source_id'],
      label: label('source_id'),
      text: meta().sources.find((s) => s.id === Number(source))?.name ?? `#${source}`,
    });
  if (query.has('campaign_id'))
    found.push({ keys: ['campaign_id'], label: label('campaign_id'), text: campaign });
  return found;
}
