// npm test: against BASE, or against a program of our own on a free port in a temporary folder.
//   BASE=http://127.0.0.1:8090 EMAIL=… PASSWORD=… node test/run.mjs [names of test files]
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { startProgram } from './program.mjs';

const here = new URL('.', import.meta.url).pathname;
const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter((f) => f.endsWith('.test.mjs') && (!wanted.length || wanted.some((w) => f.includes(w))))
  .map((f) => here + f);

const program = process.env.BASE ? null : await startProgram();
const env = { ...process.env, ...(program?.env ?? {}) };
const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', ...files], {
  env,
  stdio: 'inherit',
});
tests.on('close', (code) => {
  program?.stop();
  process.exit(code ?? 1);
});
process.on('SIGINT', () => spawnSync('kill', [String(tests.pid)]));
