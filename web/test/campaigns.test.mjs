// Campaigns: what they cost, who answered, what came of it.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, desk, settled, signIn, toast, unique, visit } from './office.mjs';

describe('campaigns', { timeout: 900_000 }, () => {
  let page, fair;
  before(async () => {
    ({ page } = await desk());
    fair = await ask(page, 'POST', 'campaigns', { name: unique('Fiera'), kind: 'fair', budget: 900 });
  });
  const tile = (n) => page.locator('.tile .value').nth(n).textContent();

  test('S3.6 S3.8 somebody answers and is a lead of the campaign, by keyboard', async () => {
    await visit(page, `/campaigns/${fair.id}`);
    await page.click('button:has-text("Registra una risposta")');
    await page.waitForSelector('dialog [data-field=last_name]');
    const name = unique('Conti');
    await page.fill('dialog [data-field=last_name]', name);
    await page.fill('dialog [data-field=email]', 'conti@example.it');
    await page.keyboard.press('Control+Enter');
    await toast(page, 'è un lead della campagna');
    const { items } = await ask(page, 'GET', `leads?campaign_id=${fair.id}`);
    assert.equal(items[0].last_name, name);
    await page.waitForSelector(`section a:has-text("${name}")`);
    await visit(page, `/leads/${items[0].id}`);
    await page.waitForSelector(`li a:has-text("${fair.title}")`);
  });

  test('S3.24 C17 costs and a win give the return, the deal stands behind it', async () => {
    const [lead] = (await ask(page, 'GET', `leads?campaign_id=${fair.id}`)).items;
    const made = await ask(page, 'POST', `leads/${lead.id}/convert`, { opportunity: { amount: 1500 } });
    await ask(page, 'POST', `opportunities/${made.opportunity.id}/win`, {});
    await visit(page, `/campaigns/${fair.id}`);
    await page.waitForSelector('.tile');
    assert.equal(await tile(0), '—');
    await page.click('button:has-text("Aggiungi un costo")');
    await page.fill('dialog [data-field=what]', 'Stand');
    await page.fill('dialog [data-field=amount]', '1.000,00');
    await page.keyboard.press('Enter');
    await toast(page, 'Costo aggiunto');
    await page.waitForFunction(() => document.querySelector('.tile .value')?.textContent === '50%');
    await page.waitForSelector(`a[href="/opportunities/${made.opportunity.id}"]`);
    await page.click('.segments button:has-text("Ultimo")');
    await settled(page);
    assert.equal(await tile(0), '50%');
  });

  test('a known lead answers from his own page', async () => {
    const lead = await ask(page, 'POST', 'leads', { last_name: unique('Neri') });
    await visit(page, `/leads/${lead.id}`);
    await page.click('header.bar button[aria-haspopup], header.bar .tools button:last-of-type');
    await page.click('[role=menuitem]:has-text("campagna")');
    await page.fill('dialog [role=combobox]', fair.title);
    await page.click('dialog [role=option] button');
    await page.keyboard.press('Control+Enter');
    await toast(page, 'Risposta registrata');
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).campaign_id, fair.id);
  });

  test('a phone shows it without anything cut off, in both languages', async () => {
    for (const lang of ['it', 'en']) {
      await signIn(page, lang);
      await page.setViewportSize({ width: 390, height: 844 });
      await visit(page, `/campaigns/${fair.id}`);
      await page.waitForSelector('.tile');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await signIn(page, 'it');
  });
});
