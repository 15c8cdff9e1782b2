// The real program, set up in a temporary folder on a free port, and ended again.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  const secret = join(dir, 'password');
  writeFileSync(secret, who.PASSWORD);
  const data = join(dir, 'data');
  const port = await freePort();
  const said = ['--data', data, '--admin', who.EMAIL, '--name', 'Laura Rossi', '--password-file', secret];
  const made = spawnSync(binary, ['init', ...said], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`init: ${made.stderr || made.error}`);
  const serve = spawn(binary, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`], {
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
