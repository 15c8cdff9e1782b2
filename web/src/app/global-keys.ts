import { undoLast } from '../data/write';
import { open } from './overlays.svelte';
import { prefs } from './prefs.svelte';
import { go } from './router.svelte';
import type { Shortcut } from './shortcuts';
import type { Word } from './words.svelte';

const to = (keys: string, word: Word, path: string): Shortcut => ({
  keys,
  word,
  where: 'global',
  run: () => go(path),
});

export const globalKeys = (): Shortcut[] => [
  { keys: 'ctrl+k', word: 'palette.title', where: 'global', run: () => open({ kind: 'palette' }) },
  { keys: '/', word: 'palette.title', where: 'global', run: () => open({ kind: 'palette' }) },
  { keys: 'c', word: 'create.lead', where: 'global', run: () => open({ kind: 'create', entity: 'lead' }) },
  { keys: '?', word: 'help.title', where: 'global', run: () => open({ kind: 'help' }) },
  { keys: 'z', word: 'undo.last', where: 'global', run: undoLast },
  { keys: 'ctrl+z', word: 'undo.last', where: 'global', run: undoLast },
  { keys: '[', word: 'nav.fold', where: 'global', run: () => prefs.keep('folded', !prefs.folded) },
  to('g t', 'nav.todo', '/'),
  to('g p', 'nav.pipeline', '/pipeline'),
  to('g l', 'nav.lists', '/prospect-lists'),
  to('g e', 'nav.leads', '/leads'),
  to('g a', 'nav.companies', '/companies'),
  to('g o', 'nav.contacts', '/contacts'),
  to('g d', 'nav.figures', '/figures'),
];
