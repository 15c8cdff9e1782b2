// Every test in one process and one browser; names on the command line choose among the files.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, test } from 'node:test';
import { closeBrowser, complaints } from './office.mjs';

const wanted = process.argv.slice(2);
const files = readdirSync(new URL('.', import.meta.url))
  .filter((f) => f.endsWith('.test.mjs') && (!wanted.length || wanted.some((w) => f.includes(w))))
  .sort();
for (const f of files) await import(`./${f}`);
test('the content security policy was never broken, and no script failed', () =>
  assert.deepEqual(complaints, []));
after(closeBrowser);
