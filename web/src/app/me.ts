// What I choose for myself, kept with my user.
import { call } from '../data/api';
import { refreshAll } from '../data/cache';
import { loadMeta, meta } from '../meta/meta.svelte';
import { showTheme, type Theme } from './theme';
import { loadWords, type Lang } from './words.svelte';

export async function keepMe(fields: Record<string, unknown>): Promise<void> {
  await call('PATCH', `users/${meta().me.id}`, { body: fields });
  await loadMeta();
}
export async function keepTheme(theme: Theme): Promise<void> {
  showTheme(theme);
  await keepMe({ theme });
}
export async function keepLang(to: Lang): Promise<void> {
  await call('PATCH', `users/${meta().me.id}`, { body: { lang: to } });
  await Promise.all([loadWords(to), loadMeta()]);
  refreshAll();
}
