// The words of the screens: one file per language, ICU messages with numbered arguments.
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { dates, numbers, plurals } from './intl';
import type italian from '../../../locales/it/web.json';

export type Word = keyof typeof italian;
export type Lang = 'it' | 'en';
type Argument = string | number;

const files = {
  it: () => import('../../../locales/it/web.json'),
  en: () => import('../../../locales/en/web.json'),
};
/** Plain words, or a message already parsed (tools/compiled-words.ts). */
type Text = string | MessageFormatElement[];
let current = $state.raw<{ lang: Lang; words: Record<string, Text> }>({ lang: 'it', words: {} });
const compiled = new Map<string, IntlMessageFormat>();

export function storedLang(): Lang {
  return document.documentElement.lang === 'en' ? 'en' : 'it';
}
export const lang = (): Lang => current.lang;
export const locale = (): string => (current.lang === 'it' ? 'it-IT' : 'en-GB');

export async function loadWords(to: Lang): Promise<void> {
  const words: Record<string, Text> = (await files[to]()).default;
  compiled.clear();
  current = { lang: to, words };
  document.documentElement.lang = to;
  localStorage.setItem('lang', to);
}

const formatters = { getNumberFormat: numbers, getDateTimeFormat: dates, getPluralRules: plurals };

function message(key: string, text: Text): IntlMessageFormat {
  let m = compiled.get(key);
  if (!m) compiled.set(key, (m = new IntlMessageFormat(text, locale(), undefined, { formatters })));
  return m;
}

/** The words of a key, its arguments filled in. */
export function t(key: Word, ...args: Argument[]): string {
  const text = current.words[key] ?? key;
  if (typeof text === 'string') return text;
  return String(message(key, text).format(Object.fromEntries(args.map((a, i) => [String(i), a]))));
}

/** The words of a family (`group.person`), or the name itself where we have none. */
export function member(family: string, name: string): string {
  const text = current.words[`${family}.${name}`];
  return typeof text === 'string' ? text : name;
}
