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

  test('its tour of five steps, from a name to a customer by keyboard alone (S5.46)', async () => {
    const card = page.locator('aside.tour');
    const press = (...all) => all.reduce((p, k) => p.then(() => page.keyboard.press(k)), Promise.resolve());
    /** Go where the next step is done: its control has the focus. */
    const go = async (step) => {
      await press('g', 'g');
      await page.waitForSelector(`[data-step=${step}]:focus`);
      assert.notEqual(
        await page.$eval(`[data-step=${step}]`, (e) => window.getComputedStyle(e).outlineStyle),
        'none',
      );
      await press('Enter');
    };
    const done = (n) => card.locator(`li.done >> nth=${n - 1}`).waitFor({ state: 'attached' });
    await card.getByText('diventa un lead').waitFor();
    assert.equal(await card.locator('li').count(), 5);
    await go('prospect');
    await done(1);
    await go('action');
    await page.waitForSelector('dialog .when');
    await press('2');
    await done(2);
    await go('qualify');
    await page.waitForSelector('dialog .choices');
    await press('Control+Enter');
    await page.waitForSelector('dialog [role=tablist]');
    await press('Escape');
    await done(3);
    await go('convert');
    await page.waitForFunction(() => /Saranno/.test(document.querySelector('dialog footer')?.textContent));
    await press('Control+Enter');
    await done(4);
    await page.waitForURL('**/opportunities/*');
    await go('win');
    await page.fill('dialog #amount', '900');
    await press('Control+Enter');
    await card.getByText('crisalide init').waitFor();
  });

  test('put away it stays away; the help calls it back', async () => {
    const away = page.getByRole('button', { name: 'Metti via il giro' });
    await away.click();
    await page.waitForSelector('aside.tour', { state: 'detached' });
    await page.reload();
    await page.waitForSelector('nav.side');
    await page.waitForSelector('header.bar h1');
    assert.equal(await page.locator('aside.tour').count(), 0);
    await page.keyboard.press('?');
    await page.locator('dialog').getByRole('button', { name: 'in cinque passi' }).click();
    await away.waitFor();
  });

  test('used before, it says so at the door, on a phone too', async () => {
    const other = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await other.goto(link);
    await other.waitForSelector('#refusal:not(:empty)');
    assert.match(await other.textContent('#refusal'), /già stato usato/);
    await other.context().close();
  });
});
