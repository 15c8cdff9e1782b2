// npm test: against BASE, or against a program of our own on a free port in a temporary folder.
//   BASE=http://127.0.0.1:8090 EMAIL=… PASSWORD=… node test/run.mjs [names of test files]
import { spawn } from 'node:child_process';
import { startProgram } from './program.mjs';

const all = new URL('./all.mjs', import.meta.url).pathname;
const program = process.env.BASE ? null : await startProgram();
const tests = spawn(process.execPath, ['--test-reporter=tap', all, ...process.argv.slice(2)], {
  env: { ...process.env, ...program?.env },
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => tests.kill(signal));
tests.on('close', (code) => {
  program?.stop(code !== 0);
  process.exit(code ?? 1);
});
