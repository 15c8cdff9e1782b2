// Duplicates found, shown with their reasons, told apart and made one: by mouse and keys.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { ask, desk, settled, toast, unique, visit } from './office.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
/** A VAT number nobody else has, its last digit reckoned. */
function vatNumber() {
  const ten = String(Math.floor(1e6 + Math.random() * 8e6)) + '015';
  let sum = 0;
  for (const [i, c] of [...ten].entries()) {
    const d = Number(c) * (i % 2 ? 2 : 1);
    sum += d > 9 ? d - 9 : d;
  }
  return `${ten}${(10 - (sum % 10)) % 10}`;
}

describe('merge', () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });
  const dialog = () => page.locator('dialog[open]');
  const line = (name) => dialog().locator(`[data-line=${name}]`);

  async function two(more = {}, others = {}) {
    const name = unique('Rossi Impianti');
    const vat_number = vatNumber();
    const make = (fields) => ask(page, 'POST', 'companies', fields);
    return [
      await make({ name: `${name} srl`, vat_number, city: 'Torino', email: 'info@rossi.example', ...more }),
      await make({ name, vat_number, city: 'Torino', email: 'amministrazione@rossi.example', ...others }),
    ];
  }
  async function faults(of) {
    await page.evaluate(axe);
    const found = await page.evaluate(
      (where) =>
        window.axe.run(where, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'], resultTypes: ['violations'] }),
      of,
    );
    return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`);
  }

  test('two rows of a list become one by keys, field by field, and two again (S1.12, S2.48)', async () => {
    const [a, b] = await two();
    await visit(page, `/companies?vat_number=${a.vat_number}`);
    for (const key of ['j', 'x', 'j', 'x', 'm']) await page.keyboard.press(key);
    await line('survivor').locator('input:focus').waitFor();
    await dialog().getByText('stessa partita IVA').waitFor();
    assert.deepEqual(await faults('dialog'), []);
    const at = (r) => line('survivor').locator('.cell', { hasText: r === a ? / srl/ : /^(?!.* srl)/ });
    await at(a).click();
    await page.locator('dialog button.primary:enabled').waitFor();
    await page.keyboard.press('ArrowDown');
    await line('name').locator('input:focus').waitFor();
    const mail = line('email').locator('.cell', { hasText: 'amministrazione@' });
    const digit = (await mail.locator('kbd').textContent()).trim();
    await line('email').locator('input').first().focus();
    await page.keyboard.press(digit);
    await line('email').locator('.result', { hasText: 'amministrazione@' }).waitFor();
    await page.keyboard.press('Enter');
    await toast(page, '2 schede unite');
    const one = await ask(page, 'GET', `companies/${a.id}`);
    assert.deepEqual(
      [one.email, one.email_secondary],
      ['amministrazione@rossi.example', 'info@rossi.example'],
    );
    assert.equal((await ask(page, 'GET', `companies/${b.id}`)).merged_into_id, a.id);
    await visit(page, `/companies/${b.id}`);
    await page.waitForURL(`**/companies/${a.id}`);
    await toast(page, 'è stata unita a questa scheda');
    await visit(page, '/operations');
    await page
      .locator('li', { hasText: 'nion' })
      .getByRole('button', { name: /^Annulla/ })
      .first()
      .click();
    await toast(page, 'Annullato');
    assert.equal((await ask(page, 'GET', `companies/${b.id}`)).merged_into_id, null);
  });

  test('the page of a record tells who is perhaps the same, why, and merges (S5.42)', async () => {
    const [a, b] = await two();
    await visit(page, `/companies/${b.id}`);
    const hint = page.locator('.twins', { hasText: 'stessa partita IVA' });
    await hint.getByRole('button', { name: 'Non sono gli stessi' }).click();
    await hint.waitFor({ state: 'detached' });
    await page.keyboard.press('z');
    await hint.getByRole('button', { name: `Unisci con ${a.name}` }).click();
    await line('survivor').locator('.cell', { hasText: a.name }).click();
    await line('survivor').locator('.result', { hasText: a.name }).waitFor();
    await page.locator('dialog button.primary:enabled').click();
    await page.waitForURL(`**/companies/${a.id}`);
    await toast(page, '2 schede unite');
    await page.locator('.twins').waitFor({ state: 'detached' });
  });

  test('two customer codes are two customers, and it says so (C11)', async () => {
    const code = unique('C').replaceAll(' ', '');
    const [, b] = await two({ customer_code: `${code}A` }, { customer_code: `${code}B` });
    await visit(page, `/companies/${b.id}`);
    await page.locator('.twins').getByRole('button').first().click();
    await dialog()
      .locator('[role=alert]', { hasText: `${code}A` })
      .waitFor();
    assert.ok(await dialog().locator('button.primary').isDisabled());
    assert.deepEqual(await faults('dialog'), []);
    await page.keyboard.press('Escape');
  });

  test('a search finds groups; one is merged, one is not the same (S1.33)', async () => {
    const [a] = await two();
    const [c, d] = await two();
    await visit(page, '/duplicates');
    await page.locator('.search button').click();
    const group = (r) => page.locator('ol > li', { has: page.locator(`a[href="/companies/${r.id}"]`) });
    await group(a)
      .getByText(/Somiglianza \d+ su 100/)
      .waitFor();
    await group(a).getByText('stessa partita IVA').waitFor();
    assert.deepEqual(await faults('.screen'), []);
    await page.setViewportSize({ width: 320, height: 700 });
    const wide = await page.$eval('.screen .scroll', (e) => e.scrollWidth - e.clientWidth);
    await page.setViewportSize({ width: 1440, height: 900 });
    assert.equal(wide, 0);
    await group(c).getByRole('button', { name: 'Non sono gli stessi' }).click();
    await group(c).waitFor({ state: 'detached' });
    await page.keyboard.press('z');
    await group(c).waitFor();
    await group(c).focus();
    await page.keyboard.press('n');
    await group(c).waitFor({ state: 'detached' });
    await group(a).focus();
    await page.keyboard.press('m');
    await page.locator('dialog button.primary:enabled').waitFor();
    await page.keyboard.press('Control+Enter');
    await group(a).waitFor({ state: 'detached' });
    await visit(page, `/companies/${d.id}`);
    await settled(page);
    assert.equal(await page.locator('.twins').count(), 0);
  });
});
