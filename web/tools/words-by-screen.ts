// Words travel with what says them. The first screen's come in a file of their language; a module that is
// loaded later brings its own, in both languages, so that a screen never waits for words nor shows a key.
// Messages are parsed here, so that no parser travels to the browser.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';
import { said } from './said.mjs';

type Words = Record<string, string>;
const locales = new URL('../../locales/', import.meta.url).pathname;
const src = new URL('../src/', import.meta.url).pathname;
const statically = /^\s*(?:import|export)\s+(?!type\b)(?:[\w*{][^;'"]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm;

const read = (lang: string): Words =>
  JSON.parse(readFileSync(join(locales, lang, 'web.json'), 'utf8')) as Words;
const compile = (words: Words, keys: string[]): Record<string, unknown> =>
  Object.fromEntries(keys.map((k) => [k, words[k]?.includes('{') ? parse(words[k]) : words[k]]));

function find(from: string, to: string): string | undefined {
  const path = resolve(dirname(from), to);
  return ['', '.ts', '.svelte'].map((end) => path + end).find((p) => existsSync(p) && statSync(p).isFile());
}
/** What is loaded before anything is shown: the files that the first one imports, and theirs. */
function firstFiles(file = join(src, 'main.ts'), seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const m of readFileSync(file, 'utf8').matchAll(statically)) {
    const next = find(file, m[1] ?? '');
    if (next && /\.(ts|svelte)$/.test(next)) firstFiles(next, seen);
  }
  return seen;
}

export function wordsByScreen(): Plugin[] {
  let first = new Set<string>();
  let atFirst: string[] = [];
  let later: string[] = [];
  const ofTheFirst: Plugin = {
    name: 'words-of-the-first-screen',
    enforce: 'pre',
    buildStart() {
      const keys = Object.keys(read('it'));
      first = firstFiles();
      const mine = new Set([...first].flatMap((f) => said(readFileSync(f, 'utf8'), keys)));
      atFirst = keys.filter((k) => mine.has(k));
      later = keys.filter((k) => !mine.has(k));
    },
    transform(code, id) {
      const lang = /locales\/(\w+)\/web\.json$/.exec(id)?.[1];
      if (!lang) return null;
      const words = JSON.stringify(compile(JSON.parse(code) as Words, atFirst));
      return { code: `export default ${words}`, moduleType: 'js', map: null };
    },
  };
  const ofTheOthers: Plugin = {
    name: 'words-of-other-screens',
    enforce: 'post',
    transform(code, id) {
      if (!id.startsWith(src) || !/\.(ts|svelte)$/.test(id) || first.has(id)) return null;
      const keys = said(readFileSync(id, 'utf8'), later);
      if (!keys.length) return null;
      const words = JSON.stringify({ it: compile(read('it'), keys), en: compile(read('en'), keys) });
      const from = JSON.stringify(join(src, 'app/words.svelte.ts'));
      return {
        code: `import { bring as bringWords } from ${from};\nbringWords(${words});\n${code}`,
        map: null,
      };
    },
  };
  return [ofTheFirst, ofTheOthers];
}
