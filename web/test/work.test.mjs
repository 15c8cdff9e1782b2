import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, desk, newLead, settled, toast, unique, visit } from './office.mjs';

describe('work', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });

  test('S1.33 S3.5 a lead is added from one pasted line, by keyboard: a key, a paste, Enter', async () => {
    await visit(page, '/');
    const surname = unique('Verdi').replaceAll(' ', '');
    await page.keyboard.press('c');
    await page.waitForSelector('#card:focus');
    await page.keyboard.insertText(
      `Anna ${surname}, ${surname} Srl, titolare, 02 7654321, anna@${surname.toLowerCase()}.it`,
    );
    await page.waitForFunction(
      (s) => [...document.querySelectorAll('dialog input')].some((i) => i.value.includes(s)),
      surname,
    );
    await page.keyboard.press('Enter');
    await toast(page, surname);
    const found = await ask(page, 'GET', `leads?q=${surname}`);
    assert.equal(found.items.length, 1);
    assert.equal(found.items[0].email, `anna@${surname.toLowerCase()}.it`);
  });

  test('a lead that is already there is warned of while typing', async () => {
    const lead = await newLead(page);
    await visit(page, '/leads');
    await page.keyboard.press('c');
    await page.fill('dialog [data-field="email"]', lead.email);
    await page.waitForSelector('.twins');
    await page.keyboard.press('Escape');
  });

  test('S5.20 S5.21 S5.25 done asks for the next action; one key puts the lead on stand-by', async () => {
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    await page.waitForSelector('section.next');
    await page.keyboard.press('d');
    await page.waitForSelector('dialog .when');
    await page.keyboard.press('2');
    await toast(page, lead.title);
    const after = await ask(page, 'GET', `leads/${lead.id}`);
    assert.equal(after.agenda, 'standby');
    await page.waitForSelector('section.next .tag.info');
  });

  test('Enter alone plans three working days on: no lead is left without a next action', async () => {
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    await page.keyboard.press('d');
    await page.waitForSelector('dialog .when');
    await page.keyboard.press('Enter');
    await toast(page, lead.title);
    const at = new Date((await ask(page, 'GET', `leads/${lead.id}`)).next_action_at);
    assert.ok(at - Date.now() > 2 * 864e5 && at - Date.now() < 6 * 864e5, String(at));
  });

  test('the undo of a toast takes it back', async () => {
    const lead = await newLead(page, { city: 'Torino' });
    await visit(page, `/leads/${lead.id}`);
    await page.click('[data-inline="city"] button.value');
    await page.waitForSelector('[data-inline="city"] input:focus');
    await page.fill('[data-inline="city"] input', 'Milano');
    await page.keyboard.press('Enter');
    await toast(page, 'salvato');
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).city, 'Milano');
    await page.keyboard.press('z');
    await toast(page, 'Annullato');
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).city, 'Torino');
    await page.waitForFunction(() =>
      document.querySelector('[data-inline="city"]')?.textContent.includes('Torino'),
    );
  });

  test('a refused value stays in its field with the reason beside it', async () => {
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    await page.click('[data-inline="email"] button.value');
    await page.waitForSelector('[data-inline="email"] input:focus');
    await page.fill('[data-inline="email"] input', 'non-una-email');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-inline="email"] .error');
    await page.keyboard.press('Escape');
  });

  test('S4.27 the progress bar shows the statuses and moves the lead by a number key', async () => {
    const lead = await newLead(page);
    const { items } = await ask(page, 'GET', `leads/${lead.id}/progress`);
    await visit(page, `/leads/${lead.id}`);
    await page.waitForSelector('ol.bar li.current');
    const names = await page.$$eval('ol.bar li .name', (all) => all.map((x) => x.textContent));
    assert.deepEqual(
      names,
      items.map((s) => s.name),
    );
    const to = items.findIndex(
      (s, i) => i > items.findIndex((x) => x.state === 'current') && s.type === 'open',
    );
    await page.keyboard.press(String(to + 1));
    await toast(page, items[to].name);
    assert.equal((await ask(page, 'GET', `leads/${lead.id}`)).status_id, items[to].status_id);
  });

  test('a note is written and stands in the timeline', async () => {
    const lead = await newLead(page);
    await visit(page, `/leads/${lead.id}`);
    await page.waitForSelector('.composer');
    await page.keyboard.press('p');
    await page.keyboard.type('Interessati, richiamare a settembre');
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction(() =>
      document.querySelector('ol li .text')?.textContent.includes('richiamare'),
    );
  });

  test('the palette finds a record and a command', async () => {
    const lead = await newLead(page);
    await visit(page, '/');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('dialog [role=combobox]:focus');
    await page.keyboard.type(lead.last_name);
    await page.locator('dialog [role=option]', { hasText: lead.title }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/leads/${lead.id}`);
    await page.keyboard.press('Control+k');
    await page.waitForSelector('dialog [role=combobox]:focus');
    await page.keyboard.type('crusc');
    await page.locator('dialog [role=option]', { hasText: 'Cruscotto' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/figures');
  });

  test('S1.11 a list filters by a field, keeps it in the address, and opens a look at a record', async () => {
    const city = unique('Borgo').replaceAll(' ', '');
    const lead = await newLead(page, { city });
    await newLead(page, { city: 'Altrove' });
    await visit(page, `/leads?city[like]=${city}`);
    await page.waitForSelector('tbody tr');
    assert.equal(await page.locator('tbody tr').count(), 1);
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.waitForSelector('.peek h2');
    assert.match(page.url(), new RegExp(`peek=${lead.id}`));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/leads/${lead.id}`);
  });

  test('S1.11 a list is narrowed to what was made since a day, like by any other instant', async () => {
    const city = unique('Data').replaceAll(' ', '');
    await newLead(page, { city });
    await visit(page, `/leads?city=${city}`);
    await page.waitForSelector('tbody tr');
    for (const [op, left] of [
      ['gte', 1],
      ['lte', 0],
    ]) {
      await page.keyboard.press('f');
      await page.locator('dialog select').first().selectOption('created_at');
      await page.locator('dialog select').nth(1).selectOption(op);
      await page.locator('dialog [data-field="created_at"]').fill('2024-01-31T08:30');
      await page.locator('dialog .btn.primary').click();
      await page.waitForFunction(
        ([key, n]) =>
          new URL(location.href).searchParams.has(key) && document.querySelectorAll('tbody tr').length === n,
        [`created_at[${op}]`, left],
      );
      await page.locator('.chip', { hasText: '31/01/2024 08:30' }).first().waitFor();
    }
  });

  test('the language changes at once, and back', async () => {
    await visit(page, '/');
    await page.click('.me button >> nth=0');
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'To do');
    assert.equal(await page.getAttribute('html', 'lang'), 'en');
    await page.click('.me button >> nth=0');
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Da fare');
  });

  test('the dark theme is chosen, kept, and set before the first paint', async () => {
    await visit(page, '/settings');
    await page.click('text=Scuro');
    await page.waitForSelector('html[data-theme=dark]');
    await settled(page);
    await page.reload({ waitUntil: 'commit' });
    await page.waitForSelector('#app', { state: 'attached' });
    assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
    await page.waitForSelector('h1');
    await page.click('text=Automatico');
    await page.waitForSelector('html[data-theme=auto]');
  });

  test('a colleague’s change shows by itself', async () => {
    const lead = await newLead(page, { city: 'Lecco' });
    const stream = page.waitForResponse((r) => r.url().endsWith('/events'));
    await visit(page, `/leads/${lead.id}`);
    await stream;
    await ask(page, 'PATCH', `leads/${lead.id}`, { city: 'Como' });
    await page.waitForFunction(() =>
      document.querySelector('[data-inline="city"]')?.textContent.includes('Como'),
    );
  });
});
