// Files that come in as lists, and those that cannot.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, base, desk, signIn, unique, visit } from './office.mjs';
import { badFiles, odsOf, xlsxOf } from './workbooks.mjs';

describe('files', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });
  const chosen = (name, buffer) =>
    page.setInputFiles('input[type=file]', { name, mimeType: 'application/octet-stream', buffer });

  /** Through the four steps, to the sheet of a new list. */
  async function imported(file, buffer, n) {
    const name = unique('Lista');
    await visit(page, '/import?entity=prospects');
    await page.getByLabel('Nome della lista nuova').fill(name);
    await chosen(file, buffer);
    await page.getByRole('button', { name: 'Avanti' }).click();
    await page.getByRole('button', { name: 'Controlla' }).click();
    await page.getByRole('button', { name: new RegExp(`Importa ${n} righe`) }).click();
    await page.getByRole('link', { name: 'Vedi l’elenco' }).click();
    await page.waitForURL('**/prospect-lists/*');
    await page.waitForSelector('.sheet .slick-row');
    assert.equal(await page.textContent('h1'), name);
    const id = page.url().split('/').at(-1);
    const { keys, rows } = await ask(page, 'GET', `prospect-lists/${id}/rows?limit=10`);
    return rows.map((r) => Object.fromEntries(keys.map((k, i) => [k, r[i]])));
  }
  const rows = [
    ['Azienda', 'Telefono', 'Dipendenti'],
    ['Caffè & Co', '02 1234567', 12],
    ['Verdi', '+39 333 1234567', 3],
  ];
  test('S5.44 an Excel workbook becomes a list, whatever its name says', async () => {
    for (const name of ['fiera.xlsx', 'fiera.csv']) {
      const [first, second] = await imported(name, xlsxOf(rows), 2);
      assert.equal(first.company_name, 'Caffè & Co');
      assert.equal(first.employees, '12');
      assert.equal(second.phone, '+39 333 1234567');
    }
  });
  test('S5.44 a sheet of LibreOffice does, and a CSV that is called .xlsx', async () => {
    const [first] = await imported('fiera.ods', odsOf(rows), 2);
    assert.equal(first.company_name, 'Caffè & Co');
    const [, second] = await imported('fiera.xlsx', Buffer.from('Azienda;Note\nRossi;a\nNeri;b\n'), 2);
    assert.equal(second.company_name, 'Neri');
  });
  test('S5.44 what cannot be read says so, and what to do, in both languages', async () => {
    for (const lang of ['it', 'en']) {
      await signIn(page, lang);
      for (const [name, buffer, it, en] of badFiles()) {
        await visit(page, '/import?entity=prospects');
        await chosen(name, buffer);
        const said = await page.locator('[role=alert]').first().textContent();
        assert.match(said, lang === 'it' ? it : en, `${name}: ${said}`);
        const res = await page.request.post(`${base}/api/v1/imports?entity=prospects&name=${name}`, {
          headers: { origin: base, 'content-type': 'application/octet-stream', 'accept-language': lang },
          data: buffer,
        });
        assert.equal(res.status(), 422, name);
        const problem = await res.json();
        assert.match(problem.fields.file, lang === 'it' ? it : en, `${name}: ${problem.fields.file}`);
      }
    }
    await signIn(page);
  });
  test('S5.2 S5.38 a file of a hundred thousand rows comes in and scrolls to its end', async () => {
    const n = 100_000;
    const lines = Array.from({ length: n }, (_, i) => `Ditta ${i};02 ${3_000_000 + i};Verona`);
    await imported('grande.csv', Buffer.from(`Azienda;Telefono;Città\n${lines.join('\n')}\n`), '100.000');
    await page.waitForFunction((all) => document.querySelector('[role=grid]').ariaRowCount > all, n);
    await page.locator('.slick-cell.l1').first().click();
    await page.keyboard.press('Control+End');
    await page.waitForFunction((last) => document.querySelector(`.slick-cell[id*="-${last}-"]`), n - 1);
    const last = page.locator(`.slick-cell[id$="-${n - 1}-1"]`);
    await last.filter({ hasText: `Ditta ${n - 1}` }).waitFor();
    await page.keyboard.press('Control+Home');
    await page.locator('.slick-cell[id$="-0-1"]').filter({ hasText: 'Ditta 0' }).waitFor();
  });
});
