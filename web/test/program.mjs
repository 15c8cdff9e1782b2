// The real program, set up in a temporary folder on a free port, and ended again.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const binary = process.env.CRISALIDE ?? new URL('../../build/crisalide', import.meta.url).pathname;
const who = { EMAIL: 'prova@example.it', PASSWORD: 'una-lunga-password-di-prova' };

const freePort = () =>
  new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => resolve(port));
    });
  });

export async function startProgram() {
  const dir = mkdtempSync(join(tmpdir(), 'crisalide-'));
  const secret = join(dir, 'password');
  writeFileSync(secret, who.PASSWORD);
  const data = join(dir, 'data');
  const log = join(dir, 'log');
  const port = await freePort();
  const said = ['--data', data, '--admin', who.EMAIL, '--name', 'Laura Rossi', '--password-file', secret];
  const made = spawnSync(binary, ['init', ...said], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`init: ${made.stderr || made.error}`);
  // where a test may publish a sheet: addresses of one's own house are refused else
  const sheets = `127.0.0.1:${await freePort()}`;
  const how = ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--fetch-allow', sheets];
  const serve = spawn(binary, how, { stdio: ['ignore', openSync(log, 'w'), openSync(log, 'a')] });
  const BASE = `http://127.0.0.1:${port}`;
  while (serve.exitCode === null && !(await fetch(`${BASE}/healthz`).catch(() => null))?.ok)
    await new Promise((r) => setTimeout(r, 50));
  if (serve.exitCode !== null) throw new Error(`serve: ${readFileSync(log, 'utf8')}`);
  /** End it; after a failure its last words are told. */
  const stop = (failed) => {
    serve.kill();
    const last = readFileSync(log, 'utf8').trim().split('\n').slice(-20);
    if (failed) console.log(last.map((line) => `# serve: ${line.slice(0, 300)}`).join('\n'));
    rmSync(dir, { recursive: true, force: true });
  };
  return { env: { ...who, BASE, SHEETS: sheets }, pid: serve.pid, stop };
}

/** A mail server that does what the address says (test/mail/sink.py); its addresses are nobody else's. */
export async function startSink() {
  const dir = mkdtempSync(join(tmpdir(), 'sink-'));
  const script = new URL('../../test/mail/sink.py', import.meta.url).pathname;
  const python = spawn('python3', ['-B', script, dir], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = Number(await new Promise((resolve) => python.stdout.once('data', resolve)));
  const domain = `p${port}.example.it`;
  /** Those for its own addresses: others may have waited for any server. */
  const taken = () =>
    readdirSync(dir).filter(
      (f) => f.endsWith('.eml') && readFileSync(join(dir, f), 'utf8').includes(`@${domain}`),
    ).length;
  const stop = () => {
    python.kill();
    rmSync(dir, { recursive: true, force: true });
  };
  return { port, domain, taken, stop };
}
