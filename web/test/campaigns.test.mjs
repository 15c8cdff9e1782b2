// Campaigns: what they cost, who answered, what came of it.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, base, desk, settled, signIn, toast, unique, visit } from './office.mjs';

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

  test('S3.13 S3.14 S3.3 a filter kept as a view is whom a message goes to, after a question', async () => {
    const city = unique('Borgo');
    for (const who of ['uno', 'due']) {
      const fields = { last_name: unique('Sì'), email: `${who}@${city.replace(/\W/g, '')}.it`, city };
      const lead = await ask(page, 'POST', 'leads', fields);
      if (who === 'uno') await ask(page, 'POST', 'consents', { lead_id: lead.id });
    }
    await visit(page, `/leads?city=${encodeURIComponent(city)}`);
    await page.click('button.chip:has-text("Viste")');
    await page.click('[role=menuitem]:has-text("Salva questo filtro")');
    await page.fill('#view-name', city);
    await page.keyboard.press('Enter');
    await toast(page, city);
    const [view, ...others] = (await ask(page, 'GET', `segments?name=${encodeURIComponent(city)}`)).items;
    assert.equal(others.length, 0);
    const server = { smtp_host: '127.0.0.1', smtp_port: 9, smtp_security: 'none' };
    const sender = { mail_from: 'crm@example.it', base_url: 'https://crm.example.it' };
    await ask(page, 'PATCH', 'settings', { ...server, ...sender });
    await visit(page, `/campaigns/${fair.id}`);
    await page.click('button:has-text("Scrivi il messaggio")');
    await page.fill('dialog [role=combobox]', view.title);
    await page.click('dialog [role=option] button');
    await page.fill('dialog [data-field=subject]', 'Novità');
    await page.fill('dialog [data-field=body]', 'Gentile {nobody}');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('dialog .error');
    await page.fill('dialog [data-field=body]', 'Gentile {last_name}');
    await page.keyboard.press('Control+Enter');
    await toast(page, 'Messaggio salvato');
    await page.waitForSelector('strong:has-text("1 persona riceverà")');
    await page.waitForSelector('li:has-text("senza consenso")');
    await page.click('button:has-text("Invia a 1 persona")');
    assert.equal((await ask(page, 'GET', `campaigns/${fair.id}/run`)).state, 'none');
    await page.click('dialog button.primary');
    await toast(page, 'Invio iniziato');
    const begun = page.locator('.toast', { hasText: 'Invio iniziato' });
    assert.equal(await begun.locator('button:has-text("Annulla")').count(), 0);
    await page.waitForSelector('li:has-text("già ricevuto")');
    assert.equal((await ask(page, 'GET', `campaigns/${fair.id}/run`)).queued, 1);
    await page.goto(`${base}/leads`);
    await page.click('button.chip:has-text("Viste")');
    await page.click(`[role=menuitem]:has-text("${city}")`);
    await page.waitForURL((url) => url.searchParams.get('city') === city);
    await ask(page, 'PATCH', 'settings', { smtp_host: null });
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
