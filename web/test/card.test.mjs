import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, desk, newLead, unique, visit } from './office.mjs';

describe('the card of a record', { timeout: 900_000 }, () => {
  let page, company;
  before(async () => {
    ({ page } = await desk());
    company = await ask(page, 'POST', 'companies', { name: unique('Scheda Srl'), city: 'Lodi' });
    const contact = await ask(page, 'POST', 'contacts', {
      first_name: 'Ugo',
      last_name: 'Riva',
      company_id: company.id,
    });
    await ask(page, 'POST', 'opportunities', {
      name: 'Prima fornitura',
      amount: 100,
      company_id: company.id,
      contact_id: contact.id,
    });
  });

  test('S2.27 S2.42 what may be related stands on the right of the card', async () => {
    await visit(page, `/companies/${company.id}`);
    await page.locator('.related a', { hasText: 'Ugo Riva' }).waitFor();
    await page.locator('.related a', { hasText: 'Prima fornitura' }).waitFor();
    const [card, related] = await Promise.all([
      page.locator('.composer').boundingBox(),
      page.locator('.related').first().boundingBox(),
    ]);
    assert.ok(related.x >= card.x + card.width);
  });

  test('S2.39 the card shows the main data, and all of it when asked', async () => {
    await visit(page, `/companies/${company.id}`);
    assert.equal(await page.locator('[data-inline="financial_rating"]').count(), 0);
    await page.getByRole('button', { name: 'Mostra tutti i dati' }).click();
    await page.locator('[data-inline="financial_rating"]').waitFor();
  });

  test('S2.40 S2.41 a comment, an event and a task are added from the card', async () => {
    await visit(page, `/companies/${company.id}`);
    for (const [key, kind, field] of [
      ['n', 'comment', 'body'],
      ['m', 'meeting', 'body'],
      ['t', 'task', 'subject'],
    ]) {
      const said = unique(kind);
      await page.keyboard.press(key);
      await page.waitForSelector('.composer textarea:focus');
      await page.keyboard.type(said);
      await page.keyboard.press('Control+Enter');
      await page.locator('ol li .text', { hasText: said }).waitFor();
      const { items } = await ask(page, 'GET', `activities?company_id=${company.id}`);
      assert.equal(items.find((a) => a[field] === said)?.kind, kind);
      await page.keyboard.press('Tab');
      await page.evaluate(() => document.activeElement?.blur());
    }
  });

  test('a change of the next action reads as one line', async () => {
    const lead = await newLead(page);
    const day = new Date(Date.now() + 9 * 864e5).toISOString().slice(0, 10);
    await ask(page, 'POST', `leads/${lead.id}/next-action`, {
      at: `${day}T10:30:00Z`,
      kind: 'call',
      note: 'offerta da rivedere',
    });
    await visit(page, `/leads/${lead.id}`);
    const line = page.locator('ol li .change').first();
    assert.match(await line.textContent(), /^\s*Chiamata, .*\d\d:30, offerta da rivedere\s*$/);
  });

  test('a dismissed opportunity keeps its date beside its outcome', async () => {
    const o = await ask(page, 'POST', 'opportunities', { name: unique('Persa'), company_id: company.id });
    await ask(page, 'POST', `opportunities/${o.id}/lose`, { reason: 'Prezzo' });
    await visit(page, `/opportunities/${o.id}`);
    assert.match(await page.textContent('.banner'), /Persa\s+· Prezzo · \d\d\/\d\d\/\d{4}/);
  });

  test('S1.24 S1.32 the help shows the flow: lead, contact and potential company, customer', async () => {
    await visit(page, '/');
    await page.keyboard.press('?');
    const picture = page.getByRole('img', {
      name: /1\. Lead: .*2\. Contatto e azienda potenziale: .*3\. Azienda cliente: /,
    });
    await picture.waitFor();
    assert.deepEqual(await picture.locator('.name').allTextContents(), [
      'Lead',
      'Contatto',
      'Azienda potenziale',
      'Opportunità',
      'Azienda cliente',
    ]);
    await page.keyboard.press('Escape');
  });

  test('S3.21 the figures show the conversion in tiles, charts and tables', async () => {
    await visit(page, '/figures');
    await page.locator('.tile', { hasText: 'Da lead a cliente' }).waitFor();
    assert.ok((await page.locator('[role=img]').count()) >= 3);
    await page.getByRole('button', { name: 'Tabella' }).first().click();
    await page.locator('table th', { hasText: 'Convertiti' }).first().waitFor();
  });

  test('an undo of what was changed since tells the fields, in words', async () => {
    const lead = await newLead(page, { city: 'Bari' });
    await ask(page, 'POST', `leads/${lead.id}/next-action`, { at: '2099-01-01T10:00:00Z', kind: 'call' });
    const made = (await ask(page, 'GET', 'operations?limit=5')).items.find((o) => o.kind === 'record.create');
    await visit(page, '/operations');
    await page.locator(`[data-operation="${made.id}"] button`).click();
    await page.locator('dialog table, .toast').first().waitFor();
    assert.doesNotMatch((await page.textContent('body')) ?? '', /2099-01-01T/);
    await page.keyboard.press('Escape');
  });
});
