// The main job, three ways: by mouse, by keyboard alone, by thumb on a phone.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, base, desk, openPage, signIn, toast, unique, until, visit } from './office.mjs';

const list = (tag) =>
  ['Nome;Cognome;Azienda;Email;Telefono', `Ada;Testa;${tag} Srl;ada@${tag}.it;02 1234567`].join('\r\n');
const file = (tag) => ({ name: `${tag}.csv`, mimeType: 'text/csv', buffer: Buffer.from(list(tag)) });
const step = (page, n) => page.waitForSelector(`li[aria-current=step]:nth-child(${n})`);
const kpi = async (page) => (await ask(page, 'GET', 'kpi?from=2020-01-01&to=2035-12-31')).leads;
const lead = async (page, tag) => (await ask(page, 'GET', `leads?q=${tag}`)).items[0];
const lastId = (page) => Number(page.url().split('/').pop());

/** What must be true once the opportunity is won; then both operations are taken back. */
async function customerAndBack(page, id, before, goBack) {
  const won = await ask(page, 'GET', `opportunities/${id}`);
  const company = await ask(page, 'GET', `companies/${won.company_id}`);
  assert.equal(company.type, 'customer');
  assert.ok(company.customer_code);
  const now = await kpi(page);
  assert.equal(now.customers, before.customers + 1);
  assert.equal(now.converted_flow, before.converted_flow + 1);
  const { items } = await ask(page, 'GET', 'operations?limit=5');
  for (const kind of ['opportunity.win', 'lead.convert']) {
    const o = items.find((x) => x.kind === kind);
    await goBack(o, items.indexOf(o));
    await until(
      page,
      'operations?limit=12',
      (all) => all.items.find((x) => x.id === o.id)?.state === 'undone',
    );
  }
  assert.equal((await ask(page, 'GET', `leads/${won.lead_id}`)).converted_at, null);
  assert.equal((await kpi(page)).customers, before.customers);
}

describe('the main job', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });

  test('S1.27 S1.28 by mouse: a list, a lead, a customer, and back by the operations page', async () => {
    const tag = unique('topo').replaceAll(' ', '');
    const before = await kpi(page);
    await visit(page, '/');
    await page.click('nav.side a[href="/import"]');
    await page.setInputFiles('input[type=file]', file(tag));
    await step(page, 2);
    await page.getByRole('button', { name: 'Avanti' }).click();
    await page.getByRole('button', { name: 'Controlla' }).click();
    await page.getByRole('button', { name: 'Importa 1 riga' }).click();
    await page.getByText('Importazione conclusa').waitFor();
    await page.locator('main a.btn.primary').click();
    await page.fill('.find input', tag);
    await page.waitForURL(`**/leads?q=${tag}`);
    await page.locator('tbody tr a', { hasText: 'Ada Testa' }).first().click();
    await page.waitForURL('**/leads/*');
    await page.click('ol.bar li:nth-child(3) button');
    await toast(page, 'spostato');
    await page.click('header.bar button.primary');
    await page.locator('dialog .choices label.qualified').first().click();
    await page.getByRole('button', { name: 'Concludi e converti' }).click();
    await page.waitForSelector('dialog [role=tablist]');
    await page.locator('dialog footer button.primary').click();
    await page.waitForURL('**/opportunities/*');
    const id = lastId(page);
    await page.click('header.bar button.primary');
    await page.fill('dialog #amount', '900');
    await page.locator('dialog footer button.primary').click();
    await toast(page, 'vinta');
    await customerAndBack(page, id, before, async (o) => {
      await page.click('nav.side a[href="/operations"]');
      await page.locator(`[data-operation="${o.id}"] button`).click();
    });
  });

  test('S1.33 S5.33 the same by keyboard alone', async () => {
    const tag = unique('tasti').replaceAll(' ', '');
    const before = await kpi(page);
    const press = (...all) => all.reduce((p, k) => p.then(() => page.keyboard.press(k)), Promise.resolve());
    const tabTo = async (css) => {
      for (let i = 0; i < 60; i++) {
        await press('Tab');
        if (await page.evaluate((c) => !!document.activeElement?.matches(c), css)) return;
      }
      assert.fail(`no Tab leads to ${css}`);
    };
    await visit(page, '/');
    await press('Control+k');
    await page.waitForSelector('dialog [role=combobox]:focus');
    await page.keyboard.type('importa');
    await page.locator('dialog [role=option]', { hasText: 'Importa' }).first().waitFor();
    await press('Enter');
    await page.waitForURL('**/import');
    await page.waitForSelector('input[type=file]', { state: 'attached' });
    await tabTo('input[type=file]');
    // The system's own file window is no part of the page: the file is given to
    // the input that the keyboard has reached.
    await page.setInputFiles('input[type=file]', file(tag));
    for (const n of [2, 3, 4]) {
      await step(page, n);
      await page.waitForSelector('main .btn.primary:enabled');
      await tabTo('main .btn.primary');
      await press('Enter');
    }
    await page.getByText('Importazione conclusa').waitFor();
    const r = await lead(page, tag);
    await press('/');
    await page.waitForSelector('dialog [role=combobox]:focus');
    await page.keyboard.type(tag);
    await page.locator('dialog [role=option]', { hasText: 'Ada Testa' }).waitFor();
    await press('Enter');
    await page.waitForURL(`**/leads/${r.id}`);
    await page.waitForSelector('ol.bar li.current');
    await press('3');
    await toast(page, 'spostato');
    await page.waitForSelector('ol.bar li.current:nth-child(3)');
    await press('d');
    await page.waitForSelector('dialog .when');
    await press('2');
    await page.waitForSelector('section.next .tag.info');
    await press('w');
    await page.waitForSelector('dialog .choices');
    await press('Control+Enter');
    await page.waitForSelector('dialog [role=tablist]');
    await page.waitForFunction(() => /Saranno/.test(document.querySelector('dialog footer')?.textContent));
    await press('Control+Enter');
    await page.waitForURL('**/opportunities/*');
    const id = lastId(page);
    await page.waitForSelector('header.bar button.primary');
    await press('w');
    await page.waitForSelector('dialog #amount');
    await tabTo('#amount');
    await page.keyboard.type('900');
    await press('Control+Enter');
    await toast(page, 'vinta');
    await customerAndBack(page, id, before, async (o) => {
      await page.goto(page.url().replace(/\/[a-z]+\/\d+.*/, '/operations'));
      await page.locator(`[data-operation="${o.id}"] button`).focus();
      await press('Enter');
    });
  });

  describe('on a phone', () => {
    let phone;
    before(async () => {
      phone = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
      await signIn(phone);
    });
    after(() => phone.context().close());

    test('S1.33 the same by thumb at 390 pixels', async () => {
      const tag = unique('pollice').replaceAll(' ', '');
      const before = await kpi(phone);
      await visit(phone, '/');
      await phone.getByRole('button', { name: 'Altro' }).tap();
      await phone.locator('dialog a[href="/import"]').tap();
      await phone.setInputFiles('input[type=file]', file(tag));
      await step(phone, 2);
      await phone.getByRole('button', { name: 'Avanti' }).tap();
      await phone.getByRole('button', { name: 'Controlla' }).tap();
      await phone.getByRole('button', { name: 'Importa 1 riga' }).tap();
      await phone.getByText('Importazione conclusa').waitFor();
      const r = await lead(phone, tag);
      await phone.locator('main a.btn.primary').tap();
      await phone.locator(`tbody a[href="/leads/${r.id}"]`).tap();
      await phone.waitForURL(`${base}/leads/${r.id}`);
      await phone.locator('header.bar button.primary').tap();
      await phone.locator('dialog .choices label.qualified').first().tap();
      await phone.getByRole('button', { name: 'Concludi e converti' }).tap();
      await phone.waitForSelector('dialog [role=tablist]');
      await phone.locator('dialog footer button.primary').tap();
      await phone.waitForURL('**/opportunities/*');
      const id = lastId(phone);
      await phone.locator('header.bar button.primary').tap();
      await phone.fill('dialog #amount', '900');
      await phone.locator('dialog footer button.primary').tap();
      await toast(phone, 'vinta');
      await customerAndBack(phone, id, before, async (o) => {
        await phone.goto(`${base}/operations`);
        await phone.locator(`[data-operation="${o.id}"] button`).tap();
      });
    });
  });
});
