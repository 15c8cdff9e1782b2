// The client folder, what makes one, and renewals.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, desk, settled, signIn, toast, unique, visit } from './office.mjs';

describe('client folder', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });
  const deal = (fields) => ask(page, 'POST', 'opportunities', { name: unique('Fornitura'), ...fields });

  test('S5.32 C10 the folder appears by itself with the second opportunity', async () => {
    const company = await ask(page, 'POST', 'companies', { name: unique('Acme') });
    await deal({ company_id: company.id, amount: 1000 });
    await visit(page, `/companies/${company.id}`);
    await page.waitForSelector('#activity');
    assert.equal(await page.locator('.folder').count(), 0);
    await deal({ company_id: company.id, amount: 500 });
    await page.waitForSelector('.folder');
    assert.match(await page.textContent('.folder .tiles'), /1\.500\s€/);
  });

  test('S5.29 S5.30 S5.31 S5.34 S1.30 sold, open and said in one view, by phase; something else to sell', async () => {
    const lead = await ask(page, 'POST', 'leads', {
      last_name: unique('Verdi'),
      company_name: unique('Verdi snc'),
    });
    await ask(page, 'POST', 'activities', { kind: 'comment', body: 'Visto in fiera', lead_id: lead.id });
    const made = await ask(page, 'POST', `leads/${lead.id}/convert`, {});
    const comment = (body, fields) => ask(page, 'POST', 'activities', { kind: 'comment', body, ...fields });
    await comment('Si parla di soldi', { opportunity_id: made.opportunity.id });
    await ask(page, 'POST', `opportunities/${made.opportunity.id}/win`, { amount: 700 });
    await comment('Contento', { company_id: made.company.id });
    await deal({ company_id: made.company.id, amount: 300 });
    await visit(page, `/companies/${made.company.id}`);
    await page.waitForSelector('.folder');
    const heads = page.locator('.folder h3');
    await heads.nth(2).waitFor();
    assert.deepEqual(await heads.allTextContents(), ['Cliente', 'Trattativa', 'Lead']);
    await page.click('.folder .chip:has-text("Lead")');
    await page.waitForFunction(() => document.querySelectorAll('.folder h3').length === 1);
    assert.match(await page.textContent('.folder'), /Visto in fiera/);
    await page.click('header.bar button.primary');
    await page.waitForSelector('dialog[open] form');
    await page.waitForFunction(
      (name) => [...document.querySelectorAll('dialog input')].some((i) => i.value === name),
      made.company.title,
    );
    await page.fill('dialog [data-first], dialog input', 'Ricambi');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/opportunities/*');
    const id = Number(page.url().split('/').pop());
    assert.equal((await ask(page, 'GET', `opportunities/${id}`)).company_id, made.company.id);
  });

  test('S5.36 a copy without a company asks for a folder; both go in at once, and out with one undo', async () => {
    const person = await ask(page, 'POST', 'contacts', { first_name: 'Mario', last_name: unique('Bianchi') });
    const first = await deal({ contact_id: person.id, amount: 40 });
    await visit(page, `/opportunities/${first.id}`);
    await page.click('header.bar button[aria-haspopup], header.bar .tools button:last-of-type');
    await page.click('[role=menuitem]:has-text("Duplica")');
    await page.waitForSelector('dialog #copy-name');
    await page.fill('#copy-amount', '12,50');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('dialog #folder-name');
    assert.equal(await page.inputValue('#folder-name'), person.title);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/companies/*');
    const company = Number(page.url().split('/').pop());
    await page.waitForSelector('.folder');
    assert.match(await page.textContent('.folder .tiles'), /52,50\s€/);
    await page.keyboard.press('Control+z');
    await toast(page, 'Annullato');
    assert.equal((await ask(page, 'GET', `opportunities/${first.id}`)).company_id, null);
    assert.ok((await ask(page, 'GET', `companies/${company}`)).removed_at);
  });

  test('S5.35 won by keyboard with a renewal: a copy waits on stand-by, and goes with the win', async () => {
    const company = await ask(page, 'POST', 'companies', { name: unique('Canoni') });
    const care = await deal({ company_id: company.id, amount: 120 });
    await visit(page, `/opportunities/${care.id}`);
    await page.waitForSelector('header.bar button.primary');
    await page.keyboard.press('w');
    await page.waitForSelector('dialog #amount');
    const every = page.locator('dialog .segments button', { hasText: '12' });
    await every.focus();
    await page.keyboard.press('Space');
    assert.equal(await every.getAttribute('aria-pressed'), 'true');
    await page.keyboard.press('Control+Enter');
    await toast(page, 'in attesa');
    const { items } = await ask(page, 'GET', `opportunities?renewal_of_id=${care.id}`);
    assert.equal(items[0].agenda, 'standby');
    await visit(page, `/companies/${company.id}`);
    await page.waitForSelector('.folder');
    assert.match(await page.textContent('.folder'), /rinnovo il/);
    const [win] = (await ask(page, 'GET', 'operations?limit=1')).items;
    await ask(page, 'POST', `operations/${win.id}/undo`, {});
    assert.deepEqual((await ask(page, 'GET', `opportunities?renewal_of_id=${care.id}`)).items, []);
  });

  test('a phone shows the folder without anything cut off, in both languages', async () => {
    const company = await ask(page, 'POST', 'companies', { name: unique('Un nome di azienda molto lungo') });
    for (const amount of [1234567.89, 20]) await deal({ company_id: company.id, amount });
    for (const lang of ['it', 'en']) {
      await signIn(page, lang);
      await page.setViewportSize({ width: 390, height: 844 });
      await visit(page, `/companies/${company.id}`);
      await page.waitForSelector('.folder');
      await settled(page);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
      assert.ok(
        await page.$$eval('.folder *', (all) =>
          all.every((e) => e.getBoundingClientRect().right <= window.innerWidth + 1),
        ),
      );
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await signIn(page, 'it');
  });
});
