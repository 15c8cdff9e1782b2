import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ask, desk, settled, toast, unique, visit } from './office.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

describe('addresses left alone', { timeout: 300_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });
  const faults = async () => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    return violations.map((v) => `${v.id} ${v.nodes.map((n) => n.html).join(' ')}`);
  };

  test('S3.14 one is found by its address, left alone and let in again, each with its reason', async () => {
    const email = `${unique('chi').replace(' ', '.')}@example.it`;
    await visit(page, '/settings');
    await page.getByRole('link', { name: 'Indirizzi da non disturbare' }).click();
    await settled(page);
    const address = page.getByLabel('Indirizzo e-mail');
    await address.fill('nessuno');
    await address.press('Enter');
    await page.locator('#address-e:not(:empty)').waitFor();
    await address.fill(email);
    await address.press('Enter');
    await page.locator('p[role=status]', { hasText: 'può ricevere campagne' }).waitFor();
    await page.getByLabel('Motivo').fill('Ha telefonato');
    await page.getByLabel('Motivo').press('Enter');
    await page.locator('p[role=status]', { hasText: 'nessuno gli scrive' }).waitFor();
    assert.equal((await ask(page, 'GET', `suppressions?email=${email}`)).why, 'by_hand');
    assert.deepEqual(await faults(), []);
    await page.getByLabel('Motivo').press('Enter');
    await page.locator('#reason-e:not(:empty)').waitFor();
    await page.getByLabel('Motivo').fill('Ha cambiato idea');
    await page.getByRole('button', { name: 'Può ricevere di nuovo' }).click();
    await page.locator('p[role=status]', { hasText: 'può ricevere campagne' }).waitFor();
    await page
      .locator('section:last-of-type li', { hasText: 'Ha cambiato idea' })
      .getByText('Laura')
      .waitFor();
    assert.equal((await ask(page, 'GET', `suppressions?email=${email}`)).suppressed, false);
  });
});

describe("the firm's habits", { timeout: 300_000 }, () => {
  let page;
  let was;
  before(async () => {
    ({ page } = await desk());
    was = await ask(page, 'GET', 'settings');
  });
  after(async () => {
    const { languages, lang, time_zone, currency } = was;
    await ask(page, 'PATCH', 'settings', { languages, lang, time_zone, currency });
  });
  const row = (name) => page.locator(`[data-inline="${name}"]`);
  const open = async (name) => {
    await row(name).locator('button.value').click();
    return row(name).locator('input, select');
  };

  test('C24 the time zone is chosen among those there are; one that is none is refused beside it', async () => {
    await visit(page, '/settings/firm');
    let input = await open('time_zone');
    await page.waitForFunction(() =>
      document.querySelector('[data-inline="time_zone"] datalist option[value="Asia/Tokyo"]'),
    );
    await input.fill('Europa/Roma');
    await input.press('Enter');
    await row('time_zone').locator('.error', { hasText: 'Europa/Roma' }).waitFor();
    input = row('time_zone').locator('input');
    await input.fill('Asia/Tokyo');
    await input.press('Enter');
    await toast(page, 'Fuso orario');
    assert.equal((await ask(page, 'GET', 'settings')).time_zone, 'Asia/Tokyo');
  });

  test('C21 the base currency is any there is, and the board counts in it', async () => {
    await visit(page, '/settings/firm');
    const select = await open('currency');
    await select.selectOption('CHF');
    await select.press('Enter');
    await toast(page, 'Valuta di base');
    assert.equal((await ask(page, 'GET', 'board')).columns[0].currency, 'CHF');
  });

  test('with one language nobody is offered the other', async () => {
    await ask(page, 'PATCH', 'settings', { lang: 'it' });
    await visit(page, '/settings');
    await page.getByRole('radio', { name: 'English' }).or(page.getByText('English')).first().waitFor();
    await visit(page, '/settings/firm');
    const select = await open('languages');
    await select.selectOption('it');
    await select.press('Enter');
    await toast(page, 'Lingue in uso');
    await visit(page, '/settings');
    await settled(page);
    assert.equal(await page.getByText('English').count(), 0);
  });
});
