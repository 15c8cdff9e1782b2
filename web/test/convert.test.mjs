import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, desk, newLead, toast, visit } from './office.mjs';

describe('conclude and convert', { timeout: 900_000 }, () => {
  let page, meta;
  before(async () => {
    ({ page, meta } = await desk());
  });

  test('S4.28 S4.29 conclude offers only the concluding statuses, green and red', async () => {
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    await page.click('header.bar button.primary');
    await page.waitForSelector('dialog .choices');
    const shown = await page.$$eval('dialog .choices label', (all) =>
      all.map((l) => [l.textContent.trim(), l.classList[0]]),
    );
    const wanted = meta.lead_statuses.filter(
      (s) => s.active && ['qualified', 'not_interested'].includes(s.type),
    );
    assert.deepEqual(
      shown.map((x) => x[0]),
      wanted.map((s) => s.name),
    );
    assert.deepEqual(
      shown.map((x) => x[1]),
      wanted.map((s) => s.type),
    );
    await page.keyboard.press('Escape');
  });

  test('S4.10 a red conclusion takes its reason and cannot be converted (S4.30)', async () => {
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    await page.waitForSelector('header.bar button.primary');
    await page.keyboard.press('l');
    await page.waitForSelector('dialog #reason');
    await page.fill('#reason', 'Prezzo');
    await page.keyboard.press('Control+Enter');
    await toast(page, lead.title);
    const after = await ask(page, 'GET', `leads/${lead.id}`);
    assert.equal(after.status_type, 'not_interested');
    assert.equal(after.conclusion_reason, 'Prezzo');
    await page.waitForSelector('.banner.bad');
    assert.equal(await page.locator('header.bar button.primary').count(), 0);
  });

  test('S1.27 S1.28 S2.9 S4.28 concluded, converted and won by keyboard: the company becomes a customer with a code', async () => {
    const lead = await newLead(page, { budget: 12500 });
    await visit(page, `/leads/${lead.id}`);
    await page.waitForSelector('header.bar button.primary');
    await page.keyboard.press('w');
    await page.waitForSelector('dialog .choices');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('dialog [role=tablist]');
    const tabs = await page.$$eval('dialog [role=tab]', (all) => all.length);
    assert.equal(tabs, 3);
    await page.waitForFunction(
      (n) => [...document.querySelectorAll('dialog input')].some((i) => i.value === n),
      lead.company_name,
    );
    assert.match(await page.textContent('dialog footer'), /Saranno creati/);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/opportunities/*');
    const id = Number(page.url().split('/').pop());
    await page.waitForSelector('header.bar button.primary');
    const before = await ask(page, 'GET', `opportunities/${id}`);
    assert.ok(before.company_id && before.contact_id);
    assert.equal((await ask(page, 'GET', `companies/${before.company_id}`)).type, 'potential');
    await page.keyboard.press('w');
    await page.waitForSelector('dialog #amount');
    await page.fill('#amount', '1.234,50');
    await page.keyboard.press('Control+Enter');
    await toast(page, 'vinta');
    const won = await ask(page, 'GET', `opportunities/${id}`);
    assert.equal(won.state, 'won');
    assert.equal(won.amount, 1234.5);
    const company = await ask(page, 'GET', `companies/${before.company_id}`);
    assert.equal(company.type, 'customer');
    assert.ok(company.customer_code);
    await toast(page, company.customer_code);

    await visit(page, `/leads/${lead.id}`);
    await page.waitForSelector('.banner.ok a');
    assert.equal(await page.locator('.banner.ok a').count(), 3);
    assert.equal(await page.locator('[data-inline]').count(), 0, 'a converted lead is read only');
  });

  test('S2.8 S2.9 a part can be switched off, and a company already there comes first', async () => {
    const first = await newLead(page, { vat_number: '00743110157' });
    const company = await ask(page, 'POST', 'companies', { name: first.company_name, email: first.email });
    await visit(page, `/leads/${first.id}`);
    await page.waitForSelector('header.bar button.primary');
    await page.keyboard.press('w');
    await page.waitForSelector('dialog .choices');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('dialog .twin');
    assert.match(await page.textContent('dialog .twin'), new RegExp(`Usa ${first.company_name}`));
    await page.locator('dialog [role=tab]').nth(2).click();
    await page.locator('dialog [role=switch]').uncheck();
    await page.waitForFunction(
      () =>
        /contatto/.test(document.querySelector('dialog footer').textContent) &&
        !/opportunità/.test(document.querySelector('dialog footer').textContent),
    );
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(`**/companies/${company.id}`);
    const lead = await ask(page, 'GET', `leads/${first.id}`);
    assert.equal(lead.company_id, company.id);
    assert.equal(lead.opportunity_id, null);
  });
});
