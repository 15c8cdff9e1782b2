// Real touches, as the browser makes them of fingers.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, newLead, openPage, signIn, toast, visit } from './office.mjs';

describe('touch', { timeout: 900_000 }, () => {
  let page, cdp, meta;
  before(async () => {
    page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    meta = await signIn(page);
    cdp = await page.context().newCDPSession(page);
  });
  after(() => page.context().close());

  const finger = (type, at) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [{ x: at[0], y: at[1] }] : [] });
  async function glide(from, to, steps = 10) {
    for (let i = 1; i <= steps; i++)
      await finger('touchMove', [
        from[0] + ((to[0] - from[0]) * i) / steps,
        from[1] + ((to[1] - from[1]) * i) / steps,
      ]);
  }
  async function middle(locator) {
    await locator.scrollIntoViewIfNeeded();
    const b = await locator.boundingBox();
    return [b.x + b.width / 2, b.y + b.height / 2];
  }
  async function row(r) {
    await visit(page, '/');
    const found = page.locator(`[data-row="lead:${r.id}"]`);
    for (let i = 0; i < 30 && !(await found.count()); i++) {
      await page.locator('.scroll').evaluate((e) => e.scrollTo(0, e.scrollHeight));
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    }
    await found.waitFor();
    return found;
  }

  for (const [way, by, heading] of [
    ['right is done', 150, 'e adesso'],
    ['left is later', -150, 'attesa'],
  ])
    test(`S5.21 a swipe on a to-do row: ${way}`, async () => {
      const from = await middle(await row(await newLead(page)));
      await finger('touchStart', from);
      await glide(from, [from[0] + by, from[1]]);
      await finger('touchEnd');
      await page.locator('dialog h2', { hasText: heading }).waitFor();
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog', { state: 'detached' });
    });

  test('a short swipe does nothing', async () => {
    const found = await row(await newLead(page));
    const from = await middle(found);
    await finger('touchStart', from);
    await glide(from, [from[0] + 40, from[1]]);
    await finger('touchEnd');
    assert.equal(await found.evaluate((e) => e.style.transform), '');
    assert.equal(await page.locator('dialog[open]').count(), 0);
  });

  test('S5.27 a long press lifts a card and carries it to another step', async () => {
    const lead = await newLead(page);
    await page.setViewportSize({ width: 1180, height: 820 });
    await visit(page, `/pipeline?q=${encodeURIComponent(lead.last_name)}`);
    const to = meta.lead_statuses.find((s) => s.active && s.type === 'open' && s.id !== lead.status_id);
    const target = page.locator(`[data-column="lead:${to.id}"] .cards`);
    const from = await middle(page.locator(`.slot:has([data-card="${lead.id}"])`));
    const box = await target.boundingBox();
    await finger('touchStart', from);
    await page.waitForSelector('#dnd-action-dragged-el');
    await glide(from, [box.x + box.width / 2, box.y + 60], 14);
    await target.locator('.shadow').waitFor({ state: 'attached' });
    await finger('touchEnd');
    await toast(page, to.name);
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).status_id, to.id);
    await page.setViewportSize({ width: 390, height: 844 });
  });

  test('what a finger must hit is 44 pixels or more', async () => {
    const lead = await newLead(page, { city: 'Pavia' });
    const small = [];
    for (const place of [
      '/',
      '/pipeline',
      '/leads',
      `/leads/${lead.id}`,
      '/figures',
      '/operations',
      '/import',
    ]) {
      await visit(page, place);
      small.push(
        ...(await page.evaluate((at) => {
          const inText = (e) => e.matches('p a, td a, th button, li > .text a, .popover a');
          return [...document.querySelectorAll('button, select, input:not([type=file]), a[href]')]
            .filter(
              (e) => e.checkVisibility({ visibilityProperty: true }) && !inText(e) && !e.closest('.skip'),
            )
            .filter((e) => !e.closest('.find') && !(e.type === 'checkbox' && e.closest('label')))
            .map((e) => [e, e.getBoundingClientRect()])
            .filter(([, b]) => b.width > 1 && (b.height < 43.5 || b.width < 43.5))
            .map(
              ([e, b]) => `${at} ${e.tagName} ${e.className} ${Math.round(b.width)}x${Math.round(b.height)}`,
            );
        }, place)),
      );
    }
    assert.deepEqual([...new Set(small)], []);
  });
});
