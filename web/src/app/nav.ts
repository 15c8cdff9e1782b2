// The places of the sidebar, the bottom bar and the palette.
import Building from '@lucide/svelte/icons/building-2';
import Chart from '@lucide/svelte/icons/chart-column';
import Columns from '@lucide/svelte/icons/columns-3';
import Handshake from '@lucide/svelte/icons/handshake';
import History from '@lucide/svelte/icons/history';
import Merge from '@lucide/svelte/icons/merge';
import ListTodo from '@lucide/svelte/icons/list-todo';
import Megaphone from '@lucide/svelte/icons/megaphone';
import Settings from '@lucide/svelte/icons/settings';
import Table from '@lucide/svelte/icons/table-2';
import Upload from '@lucide/svelte/icons/upload';
import UserSearch from '@lucide/svelte/icons/user-search';
import Users from '@lucide/svelte/icons/users';
import type { Component } from 'svelte';
import { isSimple } from '../meta/meta.svelte';
import type { Word } from './words.svelte';

export interface Spot {
  path: string;
  word: Word;
  icon: Component<{ size?: number | string }>;
}
export const daily: Spot[] = [
  { path: '/', word: 'nav.todo', icon: ListTodo },
  { path: '/pipeline', word: 'nav.pipeline', icon: Columns },
  { path: '/prospect-lists', word: 'nav.lists', icon: Table },
  { path: '/figures', word: 'nav.figures', icon: Chart },
];
const books: Spot[] = [
  { path: '/leads', word: 'nav.leads', icon: UserSearch },
  { path: '/companies', word: 'nav.companies', icon: Building },
  { path: '/contacts', word: 'nav.contacts', icon: Users },
  { path: '/opportunities', word: 'nav.opportunities', icon: Handshake },
  { path: '/campaigns', word: 'nav.campaigns', icon: Megaphone },
];
const unused = ['/companies', '/contacts', '/opportunities'];
/** In simple mode what is not looked after is found by address and by search alone (C9). */
export const shelf = (): Spot[] => books.filter((s) => !isSimple() || !unused.includes(s.path));
/** Every place there is. */
export const everywhere = (): Spot[] => [...daily, ...books, ...tools];
export const tools: Spot[] = [
  { path: '/import', word: 'nav.import', icon: Upload },
  { path: '/duplicates', word: 'nav.duplicates', icon: Merge },
  { path: '/operations', word: 'nav.operations', icon: History },
  { path: '/settings', word: 'nav.settings', icon: Settings },
];
export const isAt = (path: string, spot: string): boolean =>
  spot === '/' ? path === '/' : path === spot || path.startsWith(`${spot}/`);
