// The words of the screens: ICU messages with numbered arguments. A file per language holds those of the
// first screen; what is loaded later brings its own (tools/words-by-screen.ts).
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
/** Plain words, or a message already parsed. */
type Text = string | MessageFormatElement[];
type Words = Record<string, Text>;
const brought: Record<Lang, Words> = { it: {}, en: {} };
let current = $state.raw<{ lang: Lang; words: Words }>({ lang: 'it', words: {} });
const compiled = new Map<string, IntlMessageFormat>();

export function storedLang(): Lang {
  return document.documentElement.lang === 'en' ? 'en' : 'it';
}
export const lang = (): Lang => current.lang;
export const locale = (): string => (current.lang === 'it' ? 'it-IT' : 'en-GB');

export async function loadWords(to: Lang): Promise<void> {
  const words: Words = (await files[to]()).default;
  compiled.clear();
  current = { lang: to, words };
  document.documentElement.lang = to;
  localStorage.setItem('lang', to);
}

/** The words of a module that has just been loaded. */
export function bring(words: Record<Lang, Words>): void {
  Object.assign(brought.it, words.it);
  Object.assign(brought.en, words.en);
}
const find = (key: string): Text | undefined => current.words[key] ?? brought[current.lang][key];

const formatters = { getNumberFormat: numbers, getDateTimeFormat: dates, getPluralRules: plurals };

function message(key: string, text: Text): IntlMessageFormat {
  let m = compiled.get(key);
  if (!m) compiled.set(key, (m = new IntlMessageFormat(text, locale(), undefined, { formatters })));
  return m;
}

/** The words of a key, its arguments filled in. */
export function t(key: Word, ...args: Argument[]): string {
  const text = find(key) ?? key;
  if (typeof text === 'string') return text;
  return String(message(key, text).format(Object.fromEntries(args.map((a, i) => [String(i), a]))));
}

/** The words of a family (`group.person`), or the name itself where we have none. */
export function member(family: string, name: string): string {
  const text = find(`${family}.${name}`);
  return typeof text === 'string' ? text : name;
}
