// The customer profile, too many open leads, hot and parked ones: by mouse and keys.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ask, desk, newLead, settled, toast, unique, visit } from './office.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
describe('qualify', () => {
  let page, firm;
  before(async () => {
    ({ page } = await desk());
    firm = await ask(page, 'GET', 'settings');
  });
  after(() => ask(page, 'PATCH', 'settings', { open_leads_warning: firm.open_leads_warning }));

  async function faultsOfDialog() {
    await page.evaluate(axe);
    const found = await page.evaluate(() =>
      window.axe.run('dialog', { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'], resultTypes: ['violations'] }),
    );
    return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`);
  }
  const standing = () => ask(page, 'GET', 'qualification');

  test('a rule is written as a sentence, changed in place, and the leads are counted anew (S1.8, S5.7)', async () => {
    await visit(page, '/settings/qualification');
    const was = await standing();
    await page.locator('header.bar .btn.primary').click();
    await page.getByLabel('Campo', { exact: true }).selectOption('employees');
    await page.getByLabel('Confronto').selectOption('at_least');
    await page.getByLabel('Valore', { exact: true }).fill('mille');
    await page.getByLabel('Valore', { exact: true }).press('Enter');
    await page.locator('form [role=alert]', { hasText: 'mille' }).waitFor();
    await page.getByLabel('Valore', { exact: true }).fill('1.000');
    await page.getByLabel('Valore', { exact: true }).press('Enter');
    const row = page.locator('li', { hasText: 'Numero dipendenti almeno 1.000' });
    await row.waitFor();
    await page
      .locator('section', { hasText: `I tuoi ${was.leads} lead` })
      .getByRole('link', { name: /^0 sono in profilo/ })
      .waitFor();
    assert.equal((await standing()).met, 0);
    await row.locator('button.sentence').click();
    await page.getByLabel('Valore', { exact: true }).fill('2000');
    await page.keyboard.press('Escape');
    await row.locator('button.sentence').waitFor();
    await row.getByRole('button', { name: /^Sposta su/ }).click();
    await toast(page, 'Ordine cambiato');
    await page
      .locator('li')
      .filter({ hasText: 'Numero dipendenti almeno 1.000' })
      .getByRole('button', { name: /^Elimina/ })
      .click();
    await row.waitFor({ state: 'detached' });
    await settled(page);
    while ((await standing()).met !== was.met) await settled(page);
  });

  test('what is not known is asked on the lead and the answer fills the field (S1.5, S5.5, S5.12)', async () => {
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    const profile = page.locator('section', { has: page.locator('#profile') });
    await profile.getByText('Da capire').first().waitFor();
    await profile.getByLabel('Di che cosa ha bisogno?').fill('Una pressa');
    await page.keyboard.press('Tab');
    await profile.getByLabel('Di che cosa ha bisogno?').waitFor({ state: 'detached' });
    await profile.getByLabel('Quanto può spendere?').fill('12.000');
    await page.keyboard.press('Enter');
    await profile.getByText('In profilo').waitFor();
    const now = await ask(page, 'GET', `leads/${lead.id}`);
    assert.deepEqual([now.need, now.budget, now.qualification], ['Una pressa', 12000, 'met']);
    await visit(page, '/leads?qualification=met');
    await page.locator('tr', { hasText: lead.last_name }).locator('.tag.ok').waitFor();
  });

  test('a request to buy makes it hot, which proposes the conversion (S3.10, S3.11, S3.12)', async () => {
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    await page.keyboard.press('b');
    await page.locator('dialog textarea').fill('Ne vuole due');
    assert.deepEqual(await faultsOfDialog(), []);
    await page.keyboard.press('Control+Enter');
    const banner = page.locator('.banner', { hasText: 'È caldo' });
    await banner.getByRole('button').click();
    await page.locator('dialog', { hasText: lead.company_name }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Decidi a mano' }).click();
    await page.getByRole('button', { name: 'Freddo' }).click();
    await page.getByLabel('Perché').fill('Non ha firma');
    await page.keyboard.press('Enter');
    await page.getByText('Decisa a mano: Non ha firma').waitFor();
    await banner.waitFor({ state: 'detached' });
  });

  test('a cold one is parked by keys until a day, and taken back (S3.15, S3.16)', async () => {
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    await page.keyboard.press('f');
    await page.locator('dialog').waitFor();
    assert.deepEqual(await faultsOfDialog(), []);
    await page.keyboard.press('2');
    await page.keyboard.press('Control+Enter');
    await page.locator('.banner', { hasText: 'Congelato fino al' }).waitFor();
    await page.keyboard.press('z');
    await page.locator('.banner', { hasText: 'Congelato fino al' }).waitFor({ state: 'detached' });
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).status_type, 'open');
  });

  test('a cold one is parked with a campaign that nurtures it, and shows which (S3.16, C14)', async () => {
    const name = unique('Coltivazione');
    const campaign = await ask(page, 'POST', 'campaigns', { name, state: 'running' });
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    await page.keyboard.press('f');
    await page.locator('dialog').waitFor();
    await page.keyboard.press('2');
    await page.getByLabel('Intanto lo coltiva la campagna').selectOption({ label: name });
    assert.deepEqual(await faultsOfDialog(), []);
    await page.keyboard.press('Control+Enter');
    await page.locator('.banner a', { hasText: name }).waitFor();
    await page.locator('.banner a', { hasText: name }).click();
    await page.getByRole('link', { name: 'un lead congelato' }).click();
    await page.getByText(lead.last_name).first().waitFor();
    assert.equal((await ask(page, 'GET', `campaigns/${campaign.id}/audience`)).people, 1);
  });

  test('too many open leads: told where one is made, and some are parked at once (S5.9, S5.18)', async () => {
    await ask(page, 'PATCH', 'settings', { open_leads_warning: 1 });
    await visit(page, '/');
    await page.keyboard.press('c');
    await page.locator('dialog textarea').fill('Ugo Troppi, Troppi srl');
    await page.locator('dialog [data-field=last_name]').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.locator('.toast.warn').getByRole('button').first().click();
    const dialog = page.locator('dialog');
    await dialog.locator('li input').first().waitFor();
    assert.deepEqual(await faultsOfDialog(), []);
    const { open } = await ask(page, 'GET', 'leads/parkable');
    await dialog.locator('li input').nth(0).check();
    await dialog.locator('li input').nth(1).check();
    await dialog.getByRole('button', { name: '3 mesi' }).click();
    await page.keyboard.press('Control+Enter');
    await toast(page, '2 lead congelati');
    assert.equal((await ask(page, 'GET', 'leads/parkable')).open, open - 2);
    await page.keyboard.press('z');
    await toast(page, 'Annullato');
    assert.equal((await ask(page, 'GET', 'leads/parkable')).open, open);
    await visit(page, '/');
    await page.locator('.notice', { hasText: 'lead aperti' }).waitFor();
  });
});
