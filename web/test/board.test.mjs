import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, desk, newLead, toast, unique, visit } from './office.mjs';

describe('the board', { timeout: 900_000 }, () => {
  let page, meta;
  before(async () => {
    ({ page, meta } = await desk());
  });

  const steps = () => meta.lead_statuses.filter((s) => s.active && s.type === 'open');
  const column = (s) => page.locator(`[data-column="lead:${s.id}"]`);

  async function drag(from, to) {
    const a = await from.boundingBox();
    const b = await to.boundingBox();
    await page.mouse.move(a.x + 40, a.y + 40);
    await page.mouse.down();
    await page.mouse.move(a.x + 50, a.y + 46, { steps: 4 });
    await page.mouse.move(b.x + b.width / 2, b.y + Math.min(120, b.height / 2), { steps: 14 });
    await to.locator('.shadow').waitFor({ state: 'attached' });
    await page.mouse.up();
  }
  async function boardOf(lead) {
    await visit(page, `/pipeline?q=${encodeURIComponent(lead.last_name)}`);
    return page.locator(`.slot:has([data-card="${lead.id}"])`);
  }

  test('S5.26 leads and opportunities stand on one screen, each in its step', async () => {
    const lead = await newLead(page);
    const card = await boardOf(lead);
    await card.waitFor();
    const names = await page.$$eval('[data-column] h2 .cut', (all) => all.map((x) => x.textContent));
    for (const s of [...steps(), ...meta.stages.filter((x) => x.active)])
      assert.ok(names.includes(s.name), s.name);
  });

  test('S5.27 a card is dragged from one step to the next', async () => {
    const lead = await newLead(page);
    const card = await boardOf(lead);
    const to = steps().find((s) => s.id !== lead.status_id);
    await drag(card, column(to).locator('.cards'));
    await toast(page, to.name);
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).status_id, to.id);
    await column(to).locator(`[data-card="${lead.id}"]`).waitFor();
  });

  test('S5.27 the same by keys: the focus stays on the card, and a voice says where it went', async () => {
    const lead = await newLead(page);
    await boardOf(lead);
    const all = steps();
    const to = all[all.findIndex((s) => s.id === lead.status_id) + 1];
    await page.locator(`[data-card="${lead.id}"]`).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await toast(page, to.name);
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).status_id, to.id);
    await page.waitForFunction((id) => document.activeElement?.dataset.card === String(id), lead.id);
    assert.match(await page.textContent('[aria-live=assertive]'), new RegExp(to.name));
  });

  test('S5.27 and by the menu, without dragging', async () => {
    const lead = await newLead(page);
    const card = await boardOf(lead);
    const to = steps().find((s) => s.id !== lead.status_id);
    await page.locator(`[data-card="${lead.id}"]`).focus();
    await page.keyboard.press('m');
    await page.waitForSelector('[role=menu] button:focus');
    await card.locator('[role=menuitem]', { hasText: to.name }).click();
    await toast(page, to.name);
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).status_id, to.id);
  });

  test('S4.29 a card dropped on a concluding place asks for confirmation with that status chosen', async () => {
    const lead = await newLead(page);
    const card = await boardOf(lead);
    const a = await card.boundingBox();
    const end = meta.lead_statuses.find((s) => s.type === 'not_interested');
    await page.mouse.move(a.x + 40, a.y + 40);
    await page.mouse.down();
    await page.mouse.move(a.x + 60, a.y + 60, { steps: 4 });
    const place = page.locator(`[data-dock="s${end.id}"]`);
    await place.waitFor();
    const b = await place.boundingBox();
    await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 14 });
    await page.waitForSelector(`[data-dock="s${end.id}"].drop-here`);
    await page.locator(`[data-dock="s${end.id}"] .ghost`).waitFor({ state: 'attached' });
    await page.mouse.up();
    await page.waitForSelector('dialog input[type=radio]:checked');
    assert.equal(await page.inputValue('dialog input[type=radio]:checked'), String(end.id));
    await page.keyboard.press('Escape');
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).status_id, lead.status_id);
  });

  test('an opportunity moves along its stages', async () => {
    const company = await ask(page, 'POST', 'companies', { name: unique('Filati Srl') });
    const name = unique('Fornitura').replaceAll(' ', '');
    const opp = await ask(page, 'POST', 'opportunities', { name, amount: 1200, company_id: company.id });
    await visit(page, `/pipeline?q=${name}`);
    await page.locator(`[data-card="${opp.id}"]`).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await toast(page, name);
    assert.notEqual((await ask(page, 'GET', `opportunities/${opp.id}`)).stage_id, opp.stage_id);
  });
});
