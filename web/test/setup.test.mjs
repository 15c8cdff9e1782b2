import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, desk, newLead, settled, signIn, toast, unique, until, visit } from './office.mjs';

describe('set-up', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });
  const row = (id) => page.locator(`[data-step="${id}"]`);
  const menu = async (id, item) => {
    await row(id).locator('button[aria-haspopup]').click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  test('S4.14 S4.15 S4.16 S4.18 a status is added by its name, changed in its place, and moved by keys', async () => {
    await visit(page, '/settings/statuses');
    const name = unique('In visita');
    await page.locator('form.new input').first().fill(name);
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (n) => [...document.querySelectorAll('[data-step] input')].some((i) => i.value === n),
      name,
    );
    const made = (await ask(page, 'GET', 'lead-statuses?limit=500')).items.find((s) => s.name_it === name);
    assert.equal(made.type, 'open');
    await row(made.id).locator('[data-field="expiry_days"]').fill('12');
    await page.keyboard.press('Enter');
    await toast(page, 'Scadenza');
    assert.equal((await ask(page, 'GET', `lead-statuses/${made.id}`)).expiry_days, 12);
    const order = () => page.$$eval('[data-step]', (all) => all.map((e) => Number(e.dataset.step)));
    const before = await order();
    await row(made.id).locator('[data-field="name_it"]').press('Alt+ArrowUp');
    await toast(page, 'Ordine');
    const kept = (await ask(page, 'GET', 'lead-statuses?sort=position&limit=500')).items.map((s) => s.id);
    assert.deepEqual(kept, before.toSpliced(before.indexOf(made.id), 1).toSpliced(-1, 0, made.id));
    await row(made.id).locator('[data-field="expiry_days"]').fill('-3');
    await page.keyboard.press('Enter');
    await row(made.id).locator('.error').waitFor();
    await page.keyboard.press('Escape');
  });

  test('S4.15 a firm of one language is asked for one name', async () => {
    const people = (await ask(page, 'GET', 'users?limit=500')).items;
    for (const u of people) await ask(page, 'PATCH', `users/${u.id}`, { lang: 'en' });
    await ask(page, 'PATCH', 'settings', { languages: 'en', lang: 'en' });
    await visit(page, '/settings/statuses');
    assert.equal(await page.locator('[data-field="name_it"]').count(), 0);
    const name = unique('Visiting');
    await page.locator('form.new input').first().fill(name);
    await page.keyboard.press('Enter');
    await until(page, 'lead-statuses?limit=500', (b) => b.items.some((s) => s.name_en === name));
    await ask(page, 'PATCH', 'settings', { languages: 'both', lang: 'it' });
    for (const u of people) await ask(page, 'PATCH', `users/${u.id}`, { lang: 'it' });
  });

  test('S4.12 a status in use goes when its leads have moved, and undo brings it back', async () => {
    const status = await ask(page, 'POST', 'lead-statuses', { name_it: unique('Da togliere') });
    const open = (await ask(page, 'GET', 'lead-statuses?type=open&sort=id')).items[0];
    const lead = await newLead(page);
    await ask(page, 'POST', `leads/${lead.id}/move`, { status_id: status.id });
    await visit(page, '/settings/statuses');
    await menu(status.id, 'Togli');
    await page.selectOption('dialog #to', String(open.id));
    await page.locator('dialog .btn.bad').click();
    await row(status.id).waitFor({ state: 'detached' });
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).status_id, open.id);
    await page.locator('.toast button', { hasText: 'Annulla' }).first().click();
    await row(status.id).waitFor();
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).status_id, status.id);
  });

  test('S5.28 a second pipeline, a stage that asks for a field, and the move that brings it', async () => {
    const pipeline = await ask(page, 'POST', 'pipelines', { name_it: unique('Gare') });
    const first = await ask(page, 'POST', 'stages', { name_it: unique('Bando'), pipeline_id: pipeline.id });
    const second = await ask(page, 'POST', 'stages', {
      name_it: unique('Offerta'),
      pipeline_id: pipeline.id,
    });
    await visit(page, `/settings/pipelines?of=${pipeline.id}`);
    await menu(second.id, 'Campi richiesti');
    await page.locator('dialog input[value="amount"]').check();
    await page.locator('dialog .btn.primary').click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    assert.equal((await ask(page, 'GET', `stages/${second.id}`)).required_fields, 'amount');

    const deal = await ask(page, 'POST', 'opportunities', {
      name: unique('Mensa'),
      pipeline_id: pipeline.id,
    });
    assert.equal(deal.stage_id, first.id);
    await visit(page, `/pipeline?pipeline=${pipeline.id}&show=opportunity`);
    await page.locator(`[data-card="${deal.id}"]`).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.fill('dialog [data-field="amount"]', '1500,50');
    await page.keyboard.press('Enter');
    await toast(page, 'Offerta');
    const moved = await ask(page, 'GET', `opportunities/${deal.id}`);
    assert.equal(moved.stage_id, second.id);
    assert.equal(moved.amount, 1500.5);
  });

  test('C21 a rate is typed and shown as people of either language write it', async () => {
    const rate = (await ask(page, 'GET', 'rates?currency=USD')).items[0];
    const cell = row(rate.id).locator('[data-field="rate"]');
    await visit(page, '/settings/rates');
    assert.equal(await cell.inputValue(), '0,9');
    await cell.fill('1,0856');
    await page.keyboard.press('Enter');
    await toast(page, 'Cambio');
    assert.equal((await ask(page, 'GET', `rates/${rate.id}`)).rate, 1.0856);
    await signIn(page, 'en');
    await visit(page, '/settings/rates');
    assert.equal(await cell.inputValue(), '1.0856');
    await page.selectOption('form.new [data-field="currency"]', 'SEK');
    await page.fill('form.new [data-field="day"]', '2026-01-02');
    await page.fill('form.new [data-field="rate"]', '0.087');
    await page.keyboard.press('Enter');
    const krona = (await until(page, 'rates?currency=SEK', (r) => r.items.length)).items[0];
    assert.equal(krona.rate, 0.087);
    await page.locator(`[data-step="${krona.id}"]`).waitFor();
    await signIn(page);
    await ask(page, 'PATCH', `rates/${rate.id}`, { rate: 0.9 });
  });

  test('S1.21 a number series says what it numbers', async () => {
    await visit(page, '/settings/series');
    await page.locator('[role="listitem"]', { hasText: 'Codici cliente' }).waitFor();
    assert.equal(await page.locator('form.new').count(), 0);
  });

  test('S2.8 the mapping of a field is chosen from what takes its kind, and used by the next conversion', async () => {
    await visit(page, '/settings/mapping');
    const select = page.locator('select[aria-label="Settore → Opportunità"]');
    await select.selectOption('description');
    await toast(page, 'Settore');
    const lead = await newLead(page, { sector: 'Edilizia', description: null });
    const preview = await ask(page, 'GET', `leads/${lead.id}/conversion`);
    assert.equal(preview.opportunity.fields.description, 'Edilizia');
    await page.locator('select[aria-label="Settore → Opportunità"]').selectOption('');
    await settled(page);
  });

  test('S1.23 a role is a table of rights, and a hidden field', async () => {
    const role = await ask(page, 'POST', 'roles', {
      name_it: unique('Stagista'),
      rights: { '*': { read: 'own', write: 'none', remove: 'none', export: 'none' } },
    });
    await visit(page, `/settings/roles?of=${role.id}`);
    await page.selectOption('select[aria-label="Lead: Leggere"]', 'team');
    await toast(page, role.name_it);
    const kept = await ask(page, 'GET', `roles/${role.id}`);
    assert.deepEqual(kept.rights.lead, { read: 'team', write: 'none', remove: 'none', export: 'none' });
    await page.selectOption('select[aria-label="Campo"]', 'budget');
    await page.locator('form.line .btn').click();
    await page.getByText('Budget — nascosto').waitFor();
    assert.deepEqual((await ask(page, 'GET', `roles/${role.id}`)).fields, { lead: { budget: 'hidden' } });
  });

  test('S2.43 the firm’s own data and habits are changed in their place', async () => {
    await visit(page, '/settings/firm');
    await page.locator('[data-inline="business_model"] button.value').click();
    await page.selectOption('[data-field="business_model"]', 'b2b');
    await page.keyboard.press('Enter');
    await toast(page, 'A chi vende');
    assert.equal((await ask(page, 'GET', 'settings')).business_model, 'b2b');
    await ask(page, 'PATCH', 'settings', { business_model: 'both' });
  });
});
