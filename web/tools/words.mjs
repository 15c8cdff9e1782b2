// Every word used exists in both languages, every word there is used, arguments agree.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { said } from './said.mjs';

const root = new URL('..', import.meta.url).pathname;
const read = (lang) => JSON.parse(readFileSync(join(root, `../locales/${lang}/web.json`), 'utf8'));
const it = read('it');
const en = read('en');
const wrong = [];

const code = readdirSync(join(root, 'src'), { recursive: true })
  .filter((f) => /\.(svelte|ts)$/.test(f))
  .map((f) => readFileSync(join(root, 'src', f), 'utf8'))
  .join('\n');
const keys = new Set([...Object.keys(it), ...Object.keys(en)]);
const used = new Set(said(code, [...keys]));

for (const m of code.matchAll(/\bt\(\s*'([^']+)'/g))
  if (!keys.has(m[1])) wrong.push(`used but not there: ${m[1]}`);
for (const m of code.matchAll(/\bt\([^()'`]+\? '([^']+)' : '([^']+)'/g))
  for (const k of [m[1], m[2]]) if (!keys.has(k)) wrong.push(`used but not there: ${k}`);
for (const m of code.matchAll(/\bword: '([^']+)'/g))
  if (!keys.has(m[1])) wrong.push(`used but not there: ${m[1]}`);

const args = (s) => [...new Set([...s.matchAll(/\{(\d)/g)].map((m) => m[1]))].sort().join();
for (const k of keys) {
  if (!(k in it)) wrong.push(`not in it: ${k}`);
  else if (!(k in en)) wrong.push(`not in en: ${k}`);
  else if (args(it[k]) !== args(en[k])) wrong.push(`arguments differ: ${k}`);
  if (!used.has(k)) wrong.push(`never used: ${k}`);
}
// Colours live in tokens.css alone.
for (const f of readdirSync(join(root, 'src'), { recursive: true }).filter(
  (x) => /\.(svelte|css)$/.test(x) && !x.endsWith('tokens.css'),
))
  for (const m of readFileSync(join(root, 'src', f), 'utf8').matchAll(/:\s*(#[0-9a-f]{3,8})\b/gi))
    wrong.push(`raw colour ${m[1]} in ${f}`);

if (wrong.length) {
  console.error([...new Set(wrong)].join('\n'));
  process.exit(1);
}
console.log(`words: ${keys.size} in both languages`);
