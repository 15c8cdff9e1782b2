import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, desk, newLead, settled, toast, visit } from './office.mjs';

describe('simple mode', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
    await ask(page, 'PATCH', 'settings', { simple_mode: true });
  });
  after(() => ask(page, 'PATCH', 'settings', { simple_mode: false }));

  test('C9 the board shows the steps of leads alone, the navigation no companies and contacts', async () => {
    const lead = await newLead(page);
    await visit(page, `/pipeline?q=${encodeURIComponent(lead.last_name)}`);
    await page.locator(`[data-card="${lead.id}"]`).waitFor();
    const columns = await page.$$eval('[data-column]', (all) => all.map((c) => c.dataset.column));
    assert.ok(columns.length && columns.every((c) => c.startsWith('lead:')), columns.join());
    const places = await page.$$eval('nav.side li a', (all) => all.map((a) => a.getAttribute('href')));
    for (const hidden of ['/companies', '/contacts', '/opportunities'])
      assert.ok(!places.includes(hidden), hidden);
    await visit(page, '/companies');
    assert.equal(await page.textContent('header.bar h1'), 'Aziende');
  });

  test('C9 W on a card wins it with its value and renewal, and one undo takes all of it back', async () => {
    const lead = await newLead(page, { budget: 300 });
    await visit(page, `/pipeline?q=${encodeURIComponent(lead.last_name)}`);
    await page.locator(`[data-card="${lead.id}"]`).focus();
    await page.keyboard.press('w');
    await page.fill('dialog #amount', '450,50');
    const asks = page.locator('dialog');
    await asks
      .getByRole('radio', { name: /12/ })
      .or(asks.getByRole('button', { name: /12/ }))
      .first()
      .click();
    await page.locator('dialog .btn.primary').click();
    await toast(page, 'vinto!');
    const won = await ask(page, 'GET', `leads/${lead.id}`);
    const deal = await ask(page, 'GET', `opportunities/${won.opportunity_id}`);
    assert.equal(deal.state, 'won');
    assert.equal(deal.amount, 450.5);
    assert.ok(deal.renewal_on);
    assert.equal((await ask(page, 'GET', `companies/${won.company_id}`)).type, 'customer');
    await page.locator('.toast', { hasText: 'vinto!' }).getByRole('button', { name: 'Annulla' }).click();
    await page.locator(`[data-card="${lead.id}"]`).waitFor();
    await settled(page);
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).converted_at, null);
  });

  test('C9 L on the page of a lead asks why and loses it; the buttons say the same', async () => {
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    await page.getByRole('button', { name: 'Vinto', exact: true }).waitFor();
    await page.keyboard.press('l');
    await page.locator('dialog .btn.primary').click();
    await page.locator('dialog .error').waitFor();
    await page.fill('dialog #reason', 'Troppo caro');
    await page.locator('dialog .btn.primary').click();
    await toast(page, 'perso');
    const lost = await ask(page, 'GET', `leads/${lead.id}`);
    assert.equal(lost.status_type, 'not_interested');
    assert.equal(lost.conclusion_reason, 'Troppo caro');
  });
});
