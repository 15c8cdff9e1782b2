// Web forms: from the visitor's page to the lead and the campaign's figure.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { ask, base, desk, openPage, settled, toast, unique, visit } from './office.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

describe('web forms', { timeout: 900_000 }, () => {
  let page, campaign, form;
  before(async () => {
    ({ page } = await desk());
    campaign = await ask(page, 'POST', 'campaigns', { name: unique('Sito'), kind: 'web' });
    await ask(page, 'POST', 'campaign-costs', { campaign_id: campaign.id, amount: 100 });
    form = await ask(page, 'POST', 'web-forms', {
      name: unique('Contatti'),
      title_it: 'Scrivici',
      title_en: 'Write to us',
      consent_it: 'Accetto di ricevere offerte',
      campaign_id: campaign.id,
    });
  });

  test('S5.14 S3.6 S3.8 S3.24 a visitor without scripts is a lead, and his order is in the return', async () => {
    const guest = await openPage({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const name = unique('Visita');
    await guest.goto(`${base}/f/${form.key}`);
    assert.equal(await guest.textContent('h1'), 'Scrivici');
    const opened = Date.now();
    await guest.fill('#last_name', name);
    await guest.fill('#email', `${name.replaceAll(' ', '.')}@example.it`);
    await guest.fill('#need', '<b>Tende</b>');
    await guest.check('[name=consent]');
    await guest.waitForTimeout(Math.max(0, 3100 - (Date.now() - opened)));
    await guest.click('button');
    await guest.waitForSelector('text=Grazie');
    const { items } = await ask(page, 'GET', `leads?campaign_id=${campaign.id}`);
    assert.equal(items[0].last_name, name);
    await visit(page, `/leads/${items[0].id}`);
    await page.waitForSelector('text=Marketing per e-mail: sì');
    assert.equal(await page.locator('b', { hasText: 'Tende' }).count(), 0);
    const made = await ask(page, 'POST', `leads/${items[0].id}/convert`, { opportunity: { amount: 300 } });
    await ask(page, 'POST', `opportunities/${made.opportunity.id}/win`, {});
    await visit(page, `/campaigns/${campaign.id}`);
    await page.waitForFunction(() => document.querySelector('.tile .value')?.textContent === '200%');
    await guest.context().close();
  });

  test('S5.14 what is wrong is said by its field; the page is clean, light and dark, in both languages', async () => {
    for (const [locale, colorScheme, title] of [
      ['it-IT', 'light', 'Scrivici'],
      ['en-GB', 'dark', 'Write to us'],
    ]) {
      const guest = await openPage({ locale, colorScheme, bypassCSP: true });
      await guest.goto(`${base}/f/${form.key}`);
      assert.equal(await guest.textContent('h1'), title);
      await guest.$eval('form', (f) => (f.noValidate = true));
      await guest.fill('#email', 'niente');
      await guest.click('button');
      await guest.waitForSelector('#email-wrong');
      await guest.evaluate(axe);
      const found = await guest.evaluate(() => window.axe.run(document));
      assert.deepEqual(
        found.violations.map((v) => `${v.id} ${v.nodes[0].target}`),
        [],
      );
      await guest.context().close();
    }
  });

  test('S5.14 a doubtful post waits on the form’s page until somebody takes it', async () => {
    const guest = await openPage({ javaScriptEnabled: false });
    const name = unique('Robot');
    await guest.goto(`${base}/f/${form.key}`);
    await guest.fill('#last_name', name);
    await guest.fill('#email', `${name.replaceAll(' ', '.')}@example.it`);
    await guest.locator('#homepage').evaluate((e) => (e.value = 'x'));
    await guest.click('button');
    await guest.waitForSelector('text=Grazie');
    await guest.context().close();
    assert.deepEqual((await ask(page, 'GET', `leads?last_name=${encodeURIComponent(name)}`)).items, []);
    await visit(page, `/web-forms/${form.id}`);
    await page.click(`li:has-text("${name}") button:has-text("È un lead")`);
    await toast(page, 'Accettato');
    assert.equal((await ask(page, 'GET', `leads?last_name=${encodeURIComponent(name)}`)).items.length, 1);
  });

  test('S5.14 the fields are chosen on the form’s page, the code for one’s own site follows', async () => {
    await visit(page, `/web-forms/${form.id}`);
    await page.selectOption('select[aria-label^="Città"]', 'required');
    await page.waitForFunction(() =>
      document.querySelector('textarea').value.includes('name="city" required'),
    );
    await settled(page);
    assert.equal((await ask(page, 'GET', `web-forms/${form.id}`)).asks.city, 'required');
  });
});
