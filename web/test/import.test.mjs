import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, desk, unique, visit } from './office.mjs';

describe('import', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });

  test('S1.25 a list goes in by four steps, refused rows come back, the import is undone', async () => {
    const tag = unique('fiera').replaceAll(' ', '');
    const csv = [
      'Nome;Cognome;Azienda;Email;Telefono;Città;Stand',
      `Anna;Neri;${tag} Uno Srl;anna@${tag}.it;02 1234567;Milano;A12`,
      `Luca;Bruni;${tag} Due Spa;luca@${tag}.it;045 765432;Verona;B3`,
      ';;;;;Torino;C9',
    ].join('\r\n');
    await visit(page, '/import');
    await page.setInputFiles('input[type=file]', {
      name: `${tag}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(csv),
    });
    await page.waitForURL('**/import/*');
    await page.waitForSelector('li[aria-current=step]:nth-child(2)');
    await page.getByRole('button', { name: 'Avanti' }).click();
    await page.waitForSelector('li[aria-current=step]:nth-child(3)');
    assert.equal(await page.inputValue('select[aria-label="Email"]'), 'email');
    assert.equal(await page.inputValue('select[aria-label="Stand"]'), '');
    await page.getByRole('button', { name: 'Controlla' }).click();
    await page.waitForSelector('li[aria-current=step]:nth-child(4)');
    await page.waitForSelector('.tag.ok');
    assert.match(await page.textContent('.tag.bad'), /1 riga rifiutata/);
    await page.getByRole('button', { name: 'Importa 2 righe' }).click();
    await page.getByText('Importazione conclusa').waitFor();
    const found = await ask(page, 'GET', `leads?q=${tag}`);
    assert.equal(found.items.length, 2);
    assert.equal(await page.locator('a[download]').count(), 1);
    await page.getByRole('button', { name: 'Annulla l’importazione' }).click();
    await page.locator('.toast', { hasText: 'Annullato' }).waitFor();
    assert.equal((await ask(page, 'GET', `leads?q=${tag}`)).items.length, 0);
  });
});
