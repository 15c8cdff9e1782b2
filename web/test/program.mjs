// The real program, set up in a temporary folder on a free port, and ended again.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const binary = process.env.CRISALIDE ?? new URL('../../build/crisalide', import.meta.url).pathname;
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
  const file = join(dir, 'crm.db');
  const port = await freePort();
  const env = { ...process.env, CRISALIDE_PASSWORD: who.PASSWORD };
  const made = spawnSync(binary, ['init', '--store', file, '--email', who.EMAIL, '--name', 'Laura Rossi'], {
    env,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`init: ${made.stderr || made.error}`);
  const serve = spawn(binary, ['serve', '--store', file, '--listen', `127.0.0.1:${port}`], {
    env,
    stdio: 'ignore',
  });
  const BASE = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    const ok = await fetch(`${BASE}/healthz`).catch(() => null);
    if (ok?.ok) break;
    await new Promise((r) => setTimeout(r, 50));
  }
  const stop = () => {
    serve.kill();
    rmSync(dir, { recursive: true, force: true });
  };
  return { env: { ...who, BASE }, stop };
}
