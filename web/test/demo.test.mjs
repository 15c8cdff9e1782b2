import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { openPage } from './office.mjs';
import { binary } from './program.mjs';

describe('the trial', { timeout: 900_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'crisalide-'));
  let demo, link, page;
  before(async () => {
    demo = spawn(binary, ['demo'], {
      env: { ...process.env, TMPDIR: dir },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for await (const line of createInterface(demo.stdout)) if ((link = line).includes('/welcome#')) break;
    page = await openPage();
  });
  after(async () => {
    await page?.context().close();
    const ended = new Promise((r) => demo.once('exit', r));
    demo.kill();
    await ended;
    rmSync(dir, { recursive: true });
  });

  test('its link opens the to-do list, and leaves the address (S5.46)', async () => {
    await page.goto(link);
    await page.waitForSelector('nav.side');
    assert.equal(page.url(), new URL('/', link).href);
    await page.reload();
    await page.waitForSelector('nav.side');
  });

  test('used before, it says so at the door, on a phone too', async () => {
    const other = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await other.goto(link);
    await other.waitForSelector('#refusal:not(:empty)');
    assert.match(await other.textContent('#refusal'), /già stato usato/);
    await other.context().close();
  });
});
