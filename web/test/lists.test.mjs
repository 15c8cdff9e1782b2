import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, base, desk, newLead, settled, unique, until, visit } from './office.mjs';

describe('lists', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });
  const heads = () => page.$$eval('thead th:not(.mark)', (all) => all.map((x) => x.textContent.trim()));
  const titles = () => page.$$eval('tbody .first', (all) => all.map((x) => x.textContent.trim()));

  test('what matters to the work comes first, and one chooses the columns', async () => {
    await visit(page, '/leads');
    assert.deepEqual((await heads()).slice(0, 5), [
      'Nome',
      'Azienda',
      'Stato lead',
      'Prossima azione il',
      'Assegnato a',
    ]);
    await page.getByRole('button', { name: 'Colonne' }).click();
    await page.getByLabel('Settore').uncheck();
    await page.getByLabel('Regione').check();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.waitForSelector('tbody tr');
    assert.ok((await heads()).includes('Regione'));
    assert.ok(!(await heads()).includes('Settore'));
    await page.getByRole('button', { name: 'Colonne' }).click();
    await page.getByRole('button', { name: 'Ripristina' }).click();
    await page.keyboard.press('Escape');
    assert.ok((await heads()).includes('Settore'));
  });

  test('a list is put in order by its heading, and by the key S', async () => {
    const city = unique('Ordine').replaceAll(' ', '');
    for (const company_name of ['Beta', 'Alfa', 'Gamma'])
      await newLead(page, {
        first_name: null,
        last_name: null,
        company_name: `${company_name} ${city}`,
        city,
      });
    await visit(page, `/leads?city[like]=${city}`);
    await page.locator('thead th.first button').click();
    await page.waitForSelector('th[aria-sort=ascending]');
    await settled(page);
    const sorted = ['Alfa', 'Beta', 'Gamma'].map((n) => `${n} ${city}`);
    assert.deepEqual(await titles(), sorted);
    await page.keyboard.press('s');
    await page.waitForSelector('[role=menu] button:focus');
    await page.keyboard.press('Enter');
    await page.waitForSelector('th[aria-sort=descending]');
    await settled(page);
    assert.deepEqual(await titles(), sorted.reverse());
  });

  test('E opens the look at a record with its first field in hand', async () => {
    const city = unique('Mano').replaceAll(' ', '');
    const lead = await newLead(page, { city });
    await visit(page, `/leads?city[like]=${city}`);
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    await page.waitForSelector('.peek [data-inline] :is(input, select):focus');
    await page.keyboard.press('Escape');
    assert.match(page.url(), new RegExp(`peek=${lead.id}`));
  });

  test('a list keeps still under the pointer and counts what is new', async () => {
    const city = unique('Quiete').replaceAll(' ', '');
    const first = await newLead(page, { city });
    const stream = page.waitForResponse((r) => r.url().endsWith('/events'));
    await visit(page, `/leads?city[like]=${city}`);
    await stream;
    await page.hover('tbody tr');
    const second = await newLead(page, { city });
    await page.locator('.behind button', { hasText: '1 nuovo' }).waitFor();
    assert.deepEqual(await titles(), [first.title]);
    await page.click('.behind button');
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2);
    assert.deepEqual(await titles(), [second.title, first.title]);
    await page.hover('tbody tr');
    await newLead(page, { city });
    await page.locator('.behind button').waitFor();
    await page.hover('nav.side .brand');
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 3);
  });

  test('an edit without a line waits in this browser and is sent when the line is back', async () => {
    const lead = await newLead(page, { city: 'Torino' });
    await visit(page, `/leads/${lead.id}`);
    await page.context().setOffline(true);
    await page.click('[data-inline="city"] button.value');
    await page.waitForSelector('[data-inline="city"] input:focus');
    await page.fill('[data-inline="city"] input', 'Aosta');
    await page.keyboard.press('Enter');
    await page.locator('.offline', { hasText: 'aspetta di partire' }).waitFor();
    assert.match(await page.textContent('[data-inline="city"]'), /Aosta/);
    await page.context().setOffline(false);
    await page.waitForSelector('.offline', { state: 'detached' });
    await until(page, `leads/${lead.id}`, (l) => l.city === 'Aosta');
  });

  test('a list and a record print without what one clicks', async () => {
    const lead = await newLead(page);
    for (const place of ['/leads', `/leads/${lead.id}`]) {
      await visit(page, place);
      await page.emulateMedia({ media: 'print' });
      const shown = await page.$$eval('nav, .tools, .toasts, .filters, .composer', (all) =>
        all.filter((e) => e.checkVisibility()).map((e) => e.className),
      );
      assert.deepEqual(shown, [], place);
      assert.ok(await page.isVisible('h1'), base + place);
      await page.emulateMedia({ media: 'screen' });
    }
  });

  test('more than the server counts reads as such', async () => {
    await page.route('**/api/v1/agenda?*', async (route) => {
      const body = await (await route.fetch()).json();
      await route.fulfill({ json: { ...body, todo: 1000, todo_is: 'at_least' } });
    });
    await visit(page, '/');
    assert.equal(await page.textContent('nav.side .count'), '1.000+');
    await page.unroute('**/api/v1/agenda?*');
    assert.ok((await ask(page, 'GET', 'agenda')).todo < 1000);
  });
});
