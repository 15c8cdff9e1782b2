// What the first screen and each lazy screen cost, gzipped; over budget fails.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const zipped = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
const kb = (n) => `${(n / 1000).toFixed(1).padStart(6)} kB`;
const failures = [];
/** A screen may have 15 kB, and 3 for its words in both languages; the page of a record is seven screens in one. */
const screen = 18;
const wider = { 'src/screens/record/Record.svelte': 28 };
/** Chunks that are a library, each with its own budget in kB: dnd-action, Chart.js, SlickGrid with Sortable. */
const libraries = { drag: 85, chart: 85, grid: 90 };

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}
const entry = Object.keys(manifest).find((k) => manifest[k].isEntry);
const words = Object.keys(manifest).find((k) => k.endsWith('locales/it/web.json'));
const first = new Set([...closure(entry), ...closure(words)]);
const js = [...first].reduce((n, k) => n + zipped(manifest[k].file), 0);
const css = [...first].flatMap((k) => manifest[k].css ?? []).reduce((n, f) => n + zipped(f), 0);
const font = readdirSync(join(dist, 'assets')).find((f) => f.includes('inter-latin-wght'));
const rest = zipped('index.html') + zipped('first.js') + zipped('favicon.svg');
const all = js + css + rest + readFileSync(join(dist, 'assets', font)).length;
const check = (name, n, budget) => {
  console.log(`${kb(n)}  ${name}  (budget ${budget} kB)`);
  if (n > budget * 1000) failures.push(name);
};
check('initial script, words included', js, 60);
check('first screen transferred: script, styles, font, page', all, 150);
/** What is loaded already wherever a chunk is asked for. */
function before(key) {
  const who = Object.keys(manifest).filter((k) => manifest[k].dynamicImports?.includes(key));
  const held = who.map((k) => new Set([...first, ...closure(k)]));
  return new Set([...held[0]].filter((k) => held.every((h) => h.has(k))));
}
const lazy = Object.keys(manifest).filter((k) => manifest[k].isDynamicEntry && !k.endsWith('.json'));
for (const key of lazy.sort()) {
  const held = before(key);
  const own = [...closure(key)].filter((k) => !held.has(k) && !(manifest[k].name in libraries));
  check(
    key,
    own.reduce((n, k) => n + zipped(manifest[k].file), 0),
    wider[key] ?? screen,
  );
}
for (const k of Object.keys(manifest).filter((x) => manifest[x].name in libraries))
  check(`library: ${manifest[k].name}`, zipped(manifest[k].file), libraries[manifest[k].name]);
if (failures.length) {
  console.error(`over budget: ${failures.join(', ')}`);
  process.exit(1);
}
