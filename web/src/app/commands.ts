// What the palette can do: go to a place, make something new, and every key now alive.
import { meta } from '../meta/meta.svelte';
import { keepLang, keepTheme } from './me';
import { everywhere } from './nav';
import { open } from './overlays.svelte';
import { go } from './router.svelte';
import { shortcuts } from './shortcuts';
import { isDark } from './theme';
import { want } from './tour.svelte';
import { lang, t } from './words.svelte';

export interface Command {
  text: string;
  note?: string;
  keys?: string;
  run: () => void;
}
export function commands(): Command[] {
  const list: Command[] = [];
  const add = (c: Command) => {
    if (!list.some((x) => x.text === c.text)) list.push(c);
  };
  for (const s of shortcuts().filter(
    (x) => x.where !== 'global' && !['keys.step', 'keys.next', 'keys.previous'].includes(x.word),
  ))
    add({ text: t(s.word), keys: s.keys, run: () => s.run(new KeyboardEvent('keydown')) });
  add({ text: t('create.lead'), keys: 'c', run: () => open({ kind: 'create', entity: 'lead' }) });
  for (const spot of everywhere()) {
    const held = shortcuts().find((s) => s.word === spot.word);
    add({ text: t(spot.word), ...(held ? { keys: held.keys } : {}), run: () => go(spot.path) });
  }
  for (const e of meta().entities.filter(
    (x) => !x.setup && x.can.create && ['company', 'contact', 'opportunity'].includes(x.name),
  ))
    add({
      text: t('create.new', e.label.toLowerCase()),
      run: () => open({ kind: 'create', entity: e.name }),
    });
  add({ text: t('tour.title'), run: () => want(true) });
  add({ text: t('settings.otherLang'), run: () => void keepLang(lang() === 'it' ? 'en' : 'it') });
  add({ text: t('settings.otherTheme'), run: () => void keepTheme(isDark() ? 'light' : 'dark') });
  for (const s of shortcuts().filter(
    (x) => x.where === 'global' && !x.keys.startsWith('g ') && !['/', 'ctrl+k'].includes(x.keys),
  ))
    add({ text: t(s.word), keys: s.keys, run: () => s.run(new KeyboardEvent('keydown')) });
  return list;
}
