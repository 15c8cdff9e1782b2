// Lists taken away: what is downloaded is what was shown.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { ask, base, desk, newLead, settled, unique, visit } from './office.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

describe('export', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });

  const city = unique('Esporta').replaceAll(' ', '');

  async function openDialog(on = page) {
    await on.getByRole('button', { name: 'Altre azioni' }).first().click();
    await on.getByRole('menuitem', { name: 'Esporta…' }).click();
    await on.locator('dialog input:focus').waitFor();
  }
  /** What the dialog's button brings: its name and its bytes. */
  async function taken(...choices) {
    await openDialog();
    for (const name of choices) await page.getByRole('radio', { name }).check();
    const coming = page.waitForEvent('download');
    await page.locator('dialog').getByRole('button', { name: 'Esporta' }).click();
    const file = await coming;
    await page.locator('dialog').waitFor({ state: 'detached' });
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }
  test('S1.20 what is marked goes out by itself, in the order of the list', async () => {
    const leads = [];
    for (const last_name of ['Uno', 'Due', 'Tre'])
      leads.push(await newLead(page, { first_name: null, last_name, company_name: null, city: `${city}2` }));
    await visit(page, `/leads?city=${city}2&sort=title`);
    for (const name of ['Uno', 'Due'])
      await page.locator('tbody tr', { hasText: name }).locator('input[type="checkbox"]').check();
    const bar = page.locator('footer');
    for (const [choice, ends] of [
      ['CSV', 'csv'],
      ['Excel', 'xlsx'],
    ]) {
      await bar.getByRole('button', { name: 'Esporta…' }).click();
      await page.locator('dialog', { hasText: '2 righe selezionate' }).waitFor();
      await page.getByRole('radio', { name: choice }).check();
      const coming = page.waitForEvent('download');
      await page.locator('dialog').getByRole('button', { name: 'Esporta' }).click();
      const file = await coming;
      assert.equal(file.suggestedFilename(), `leads.${ends}`);
      const bytes = readFileSync(await file.path());
      if (ends === 'csv')
        assert.deepEqual(
          lines(bytes)
            .slice(1)
            .map((cells) => cells[0]),
          ['Due', 'Uno'],
        );
      else assert.equal((await columnsOf({ name: 'leads.xlsx', bytes })).rows, 2);
      await page.locator('dialog').waitFor({ state: 'detached' });
    }
  });
  const lines = (bytes) =>
    bytes
      .toString('utf8')
      .replace('\ufeff', '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(';'));
  /** A workbook as the import sees it. */
  async function columnsOf({ name, bytes }) {
    const res = await page.request.post(`${base}/api/v1/imports?entity=leads&name=${name}`, {
      headers: { origin: base, 'content-type': 'application/octet-stream' },
      data: bytes,
    });
    assert.equal(res.status(), 201);
    const read = await res.json();
    return { rows: read.rows, columns: Object.fromEntries(read.columns.map((c) => [c.heading, c.samples])) };
  }

  test('a list goes out as CSV and as Excel, filtered and in order, as it is shown (S1.20)', async () => {
    for (const [name, turnover] of [
      ['Beta', 20.5],
      ['Alfa', 10],
    ])
      await newLead(page, { first_name: null, last_name: name, company_name: null, city, turnover });
    await newLead(page, { city: 'Altrove' });
    await visit(page, `/leads?city=${city}&sort=title`);
    const heads = await page.$$eval('thead th:not(.mark)', (all) => all.map((x) => x.textContent.trim()));
    const text = await taken('CSV');
    assert.equal(text.name, 'leads.csv');
    const [first, ...rows] = lines(text.bytes);
    assert.deepEqual(first, heads);
    assert.deepEqual(
      rows.map((r) => r[0]),
      ['Alfa', 'Beta'],
    );
    const book = await taken('Excel', 'Tutte');
    assert.equal(book.name, 'leads.xlsx');
    const { rows: n, columns } = await columnsOf(book);
    assert.equal(n, 2);
    assert.deepEqual(columns['Cognome'], ['Alfa', 'Beta']);
    assert.deepEqual(columns['Fatturato'], ['10', '20.5']);
  });

  test('a sheet goes out with its own columns, its rows as they are sifted and sorted (S5.38, S5.41)', async () => {
    const list = await ask(page, 'POST', 'prospect-lists', { name: unique('Lista') });
    const own = await ask(page, 'POST', 'prospect-columns', { list_id: list.id, label: 'Padiglione' });
    const add = ['Gamma', 'Alfa', 'Beta'].map((company_name, i) => ({
      values: { company_name, city: i ? 'Bari' : 'Lodi', [`c${own.id}`]: `P${i}` },
    }));
    await ask(page, 'POST', `prospect-lists/${list.id}/cells`, { add });
    await visit(page, `/prospect-lists/${list.id}`);
    await page.waitForSelector('.sheet .slick-row');
    const company = ([head, ...rows]) => rows.map((r) => r[head.indexOf('Azienda')]);
    let file = lines((await taken('CSV')).bytes);
    assert.deepEqual(company(file), ['Gamma', 'Alfa', 'Beta']);
    assert.ok(file[0].includes('Padiglione') && file[0].includes('Stato'));
    await page.locator('[data-filter="city"]').fill('bari');
    await page.waitForFunction(() => document.querySelectorAll('.slick-row .slick-cell.l1').length >= 2);
    await page.locator('.slick-header-column[data-id="company_name"]').click();
    await settled(page);
    file = lines((await taken('CSV')).bytes);
    assert.deepEqual(company(file), ['Alfa', 'Beta']);
    const { columns } = await columnsOf(await taken('Excel'));
    assert.deepEqual(columns['Padiglione'], ['P1', 'P2']);
  });

  test('what the server refuses is said, and the dialog stays', async () => {
    await visit(page, '/leads');
    await openDialog();
    await page.route('**/leads/export?*', (r) =>
      r.fulfill({ status: 429, json: { problem: 'too-many', detail: 'Troppe esportazioni' } }),
    );
    await page.keyboard.press('Control+Enter');
    await page.locator('.toast', { hasText: 'Troppe esportazioni' }).waitFor();
    await page.unroute('**/leads/export?*');
    assert.ok(await page.locator('dialog').isVisible());
    await page.keyboard.press('Escape');
  });

  test('the dialog is clean to axe, wide and on a phone', async () => {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await visit(page, '/leads');
      await openDialog();
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
      );
      assert.deepEqual(
        violations.map((v) => v.id),
        [],
      );
      await page.keyboard.press('Escape');
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
