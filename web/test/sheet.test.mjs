// Prospecting lists: the spreadsheet, the row that becomes a lead, the calling session.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ask, base, desk, openPage, settled, signIn, toast, unique, until, visit } from './office.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const names = ['Alfa', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta'];

describe('sheet', { timeout: 900_000 }, () => {
  let page, meta;
  before(async () => {
    ({ page, meta } = await desk());
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base });
  });

  /** A list of `rows`, by the doors. */
  async function newList(
    rows = names.map((n, i) => ({ company_name: n, phone: `02 55500${i}` })),
    more = {},
  ) {
    const list = await ask(page, 'POST', 'prospect-lists', { name: unique('Lista'), ...more });
    if (rows.length)
      await ask(page, 'POST', `prospect-lists/${list.id}/cells`, { add: rows.map((values) => ({ values })) });
    return list;
  }
  async function rowsOf(list, query = '') {
    const { keys, rows } = await ask(page, 'GET', `prospect-lists/${list.id}/rows?limit=5000${query}`);
    return rows.map((r) => Object.fromEntries(keys.map((k, i) => [k, r[i]])));
  }
  async function openSheet(list, on = page) {
    await visit(on, `/prospect-lists/${list.id}`);
    await on.waitForSelector('.sheet .slick-row');
  }
  const keysOf = (on = page) => on.$$eval('.slick-header-column', (all) => all.map((e) => e.dataset.id));
  /** A cell by its row and the key of its column. */
  async function cell(row, key, on = page) {
    const at = (await keysOf(on)).indexOf(key);
    return on.locator(`.slick-cell[id$="-${row}-${at}"]`);
  }
  const text = async (row, key, on = page) => (await cell(row, key, on)).textContent();
  async function reads(row, key, wanted, on = page) {
    const c = await cell(row, key, on);
    await on.waitForFunction(
      ([id, w]) => document.querySelector(`[id="${id}"]`)?.textContent === w,
      [await c.getAttribute('id'), wanted],
    );
  }
  const at = () =>
    page.evaluate(() =>
      document.activeElement.getAttribute('aria-activedescendant')?.split('-').slice(1).map(Number),
    );
  /** What the column holds, from the top. */
  async function shown(key) {
    const col = (await keysOf()).indexOf(key);
    const cells = await page.$$eval('.slick-cell', (all) => all.map((e) => [e.id, e.textContent]));
    return cells
      .map(([id, t]) => [id.split('-').slice(-2).map(Number), t])
      .filter(([[, at], t]) => at === col && t)
      .sort((a, b) => a[0][0] - b[0][0])
      .map(([, t]) => t);
  }
  async function onServer(list, test) {
    for (let i = 0; i < 100; i++) {
      const rows = await rowsOf(list);
      if (test(rows)) return rows;
      await page.evaluate(() => new Promise((r) => setTimeout(r, 50)));
    }
    assert.fail(`never so on the server: ${test}`);
  }
  const copy = (t) => page.evaluate((x) => navigator.clipboard.writeText(x), t);

  test('S5.37 G L: a list is made, and its first row is typed', async () => {
    const name = unique('Fiera');
    await visit(page, '/');
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.waitForURL('**/prospect-lists');
    await settled(page);
    await page.getByRole('button', { name: 'Nuova lista' }).first().click();
    await page.getByLabel('Nome', { exact: true }).fill(name);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/prospect-lists/*');
    await page.waitForSelector('.sheet .slick-row');
    await (await cell(0, 'company_name')).click();
    await page.keyboard.type('Rossi Srl');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    assert.deepEqual(await at(), [1, 1]);
    const id = Number(page.url().split('/').at(-1));
    const [row] = await onServer({ id }, (r) => r[0]?.first_name === 'Ada');
    assert.equal(row.company_name, 'Rossi Srl');
    assert.equal(row.state, 'new');
    await visit(page, '/prospect-lists');
    assert.ok(await page.locator('li', { hasText: name }).getByText('Da chiamare 1').isVisible());
  });

  test('S5.38 fifteen keys right, fifteen left, then letters land in the right cell', async () => {
    const list = await newList();
    await openSheet(list);
    await (await cell(2, 'company_name')).click();
    for (const key of ['ArrowRight', 'ArrowLeft'])
      for (let i = 0; i < 15; i++) await page.keyboard.press(key);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('Sorgente', { delay: 0 });
    await page.keyboard.press('Enter');
    await reads(2, 'company_name', 'Sorgente');
    await onServer(list, (r) => r[2].company_name === 'Sorgente');
    await page.keyboard.press('F2');
    await page.keyboard.type('!');
    await page.keyboard.press('Escape');
    await reads(3, 'company_name', 'Delta');
    await page.keyboard.press('Delete');
    await onServer(list, (r) => !r[3].company_name);
  });

  test('S5.39 a dead key writes an accent', async () => {
    const list = await newList();
    await openSheet(list);
    await (await cell(0, 'company_name')).click();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: '`', selectionStart: 1, selectionEnd: 1 });
    await cdp.send('Input.insertText', { text: 'è' });
    await page.keyboard.press('Enter');
    await onServer(list, (r) => r[0].company_name === 'è');
    await cdp.detach();
  });

  test('S5.39 a paste with quoted line breaks, past the end too, is one step back and forth', async () => {
    const list = await newList();
    await openSheet(list);
    await (await cell(5, 'company_name')).click();
    await copy('Rossi\t"Via Roma 1\n20100 Milano"\r\nVerdi\t"detto ""il Moro""\nx"\r\n');
    await page.keyboard.press('Control+v');
    await onServer(list, (r) => r.length === 7);
    const columns = await keysOf();
    const second = columns.slice(columns.indexOf('company_name') + 1).find((k) => !k.startsWith('@'));
    const rows = await rowsOf(list);
    assert.deepEqual([rows[5].company_name, rows[5][second]], ['Rossi', 'Via Roma 1\n20100 Milano']);
    assert.deepEqual([rows[6].company_name, rows[6][second]], ['Verdi', 'detto "il Moro"\nx']);
    await page.keyboard.press('Control+c');
    assert.match(
      await page.evaluate(() => navigator.clipboard.readText()),
      /^Rossi\t"Via Roma 1\n20100 Milano"\r?\nVerdi\t"detto ""il Moro""\nx"$/,
    );
    await page.keyboard.press('Control+z');
    await onServer(list, (r) => r.length === 6 && r[5].company_name === 'Zeta');
    await reads(5, 'company_name', 'Zeta');
    await page.keyboard.press('Control+y');
    await onServer(list, (r) => r.length === 7 && r[6].company_name === 'Verdi');
  });

  test('S5.39 fill down, undo and redo cell by cell', async () => {
    const list = await newList();
    await openSheet(list);
    await (await cell(0, 'company_name')).click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+d');
    await onServer(list, (r) => r[1].company_name === 'Alfa' && r[2].company_name === 'Alfa');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('Prima');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+z');
    await reads(0, 'company_name', 'Alfa');
    await page.keyboard.press('Control+z');
    await reads(1, 'company_name', 'Beta');
    await onServer(list, (r) => r[2].company_name === 'Gamma');
    await page.keyboard.press('Control+Shift+z');
    await onServer(list, (r) => r[1].company_name === 'Alfa' && r[0].company_name === 'Alfa');
  });

  test('S5.40 S5.41 rows are filtered, sorted, and put in another order', async () => {
    const list = await newList();
    await openSheet(list);
    await page.locator('[data-filter=company_name]').fill('ETA');
    await page.waitForFunction(() => document.querySelector('[role=grid]').ariaRowCount === '5');
    assert.deepEqual(await shown('company_name'), ['Beta', 'Zeta']);
    await page.locator('[data-filter=company_name]').fill('');
    await page.waitForFunction(() => document.querySelector('[role=grid]').ariaRowCount === '9');
    const head = page.locator('.slick-header-column[data-id=company_name]');
    await head.click();
    await head.click();
    await page.waitForSelector('.slick-header-column[aria-sort=descending]');
    assert.deepEqual((await shown('company_name')).slice(0, 2), ['Zeta', 'Gamma']);
    await head.click();
    await (await cell(1, 'company_name')).click();
    await page.keyboard.press('Alt+Shift+ArrowUp');
    await onServer(list, (r) => r[0].company_name === 'Beta' && r[1].company_name === 'Alfa');
    assert.deepEqual((await shown('company_name')).slice(0, 2), ['Beta', 'Alfa']);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('epsilon');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    assert.deepEqual(await at(), [4, 1]);
  });

  test('S5.43 S5.45 S5.11 (+) makes a lead of one row, for a colleague too; nothing makes many', async () => {
    const other = await ask(page, 'POST', 'users', {
      email: `${unique('gino').replace(' ', '.')}@example.it`,
      name: unique('Gino'),
      role_id: meta.users.find((u) => u.id === meta.me.id).role_id ?? (await roleOf('admin')),
    });
    const list = await newList();
    await openSheet(list);
    await page.reload();
    await page.waitForSelector('.sheet .slick-row');
    await (await cell(0, '@start')).locator('[data-act=lead]').click();
    await toast(page, 'Alfa: lead creato');
    await (await cell(0, '@state')).locator('a').waitFor();
    await (await cell(1, '@start')).locator('[data-act=menu]').click();
    assert.equal(await page.locator('[role=menuitem]', { hasText: /tutt/i }).count(), 0);
    await page.locator('[role=menuitem]', { hasText: 'Crea il lead per' }).click();
    await page.locator('[role=menuitem]', { hasText: other.name }).click();
    await toast(page, `lead creato per ${other.name}`);
    const rows = await onServer(list, (r) => r[0].lead_id && r[1].lead_id);
    const [mine, his] = await Promise.all([0, 1].map((i) => ask(page, 'GET', `leads/${rows[i].lead_id}`)));
    assert.equal(mine.owner_id, meta.me.id);
    assert.equal(his.owner_id, other.id);
    assert.equal(his.company_name, 'Beta');
    assert.equal((await rowsOf(list)).filter((r) => r.lead_id).length, 2);
  });
  async function roleOf(name) {
    const { items } = await ask(page, 'GET', 'roles?limit=50');
    return items.find((r) => r.name_en?.toLowerCase().startsWith(name)).id;
  }

  test('S3.3 S3.6 rows that agreed are written to, and who answers is a lead of the campaign', async () => {
    const campaign = await ask(page, 'POST', 'campaigns', { name: unique('Novità'), state: 'running' });
    const list = await newList(
      names.map((n) => ({ last_name: n, email: `${n}@${unique('x')}.it`.replace(' ', '') })),
    );
    await openSheet(list);
    const menu = async (row, item) => {
      await (await cell(row, '@start')).locator('[data-act=menu]').click();
      await page.locator('[role=menuitem]', { hasText: item }).click();
      await page.waitForSelector('dialog[open]');
    };
    await menu(0, 'Consenso…');
    await page.keyboard.press('Control+Enter');
    await toast(page, 'Consenso annotato');
    await page.locator('header.bar button[aria-haspopup]').click();
    await page.locator('[role=menuitem]', { hasText: 'Usa in una campagna' }).click();
    const segment = unique('Fiera');
    await page.getByLabel('Nome', { exact: true }).fill(segment);
    await page.keyboard.press('Control+Enter');
    await toast(page, segment);
    const { items } = await ask(page, 'GET', 'segments?limit=1');
    await ask(page, 'PATCH', `campaigns/${campaign.id}`, { segment_id: items[0].id });
    const audience = await ask(page, 'GET', `campaigns/${campaign.id}/audience`);
    assert.deepEqual([audience.people, audience.ready], [6, 1]);
    await menu(1, 'Ha risposto a una campagna');
    await page.fill('dialog [role=combobox]', campaign.title);
    await page.click('dialog [role=option] button');
    await page.keyboard.press('Control+Enter');
    await toast(page, 'è un lead della campagna');
    const rows = await onServer(list, (r) => r[1].lead_id);
    assert.equal((await ask(page, 'GET', `leads/${rows[1].lead_id}`)).campaign_id, campaign.id);
    await (await cell(1, '@state')).locator('a').waitFor();
    await visit(page, `/campaigns/${campaign.id}`);
    await page.locator(`a[href="/prospect-lists/${list.id}"]`).waitFor();
  });

  test('S5.42 a row is discarded with a reason, kept, and comes back', async () => {
    const list = await newList();
    await openSheet(list);
    await (await cell(1, 'company_name')).click();
    await page.keyboard.press('Shift+F10');
    await page.locator('[role=menuitem]', { hasText: 'Scarta la riga' }).click();
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('3');
    await toast(page, '1 riga scartata');
    assert.deepEqual((await shown('company_name')).slice(0, 2), ['Alfa', 'Gamma']);
    await page.locator('.strip .chip', { hasText: 'Scartate' }).click();
    await reads(0, 'company_name', 'Beta');
    assert.equal(await text(0, '@state'), 'Fuori profilo');
    await (await cell(0, '@start')).locator('[data-act=lead]').click();
    await toast(page, 'Beta ripristinato');
    assert.equal((await rowsOf(list)).length, 6);
  });

  test('S5.38 what a colleague types is seen without loading, and flashes', async () => {
    const list = await newList();
    const second = await openPage();
    await signIn(second);
    const stream = second.waitForResponse((r) => r.url().endsWith('/events'));
    await openSheet(list, second);
    await stream;
    await openSheet(list);
    await (await cell(0, 'company_name')).click();
    await page.keyboard.type('Cambiata');
    await page.keyboard.press('Enter');
    await reads(0, 'company_name', 'Cambiata', second);
    const [row] = await rowsOf(list);
    const made = await ask(page, 'POST', `prospects/${row.id}/lead`, {});
    await second.locator(`.slick-cell a[href="/leads/${made.lead.id}"]`).first().waitFor();
    await ask(page, 'DELETE', `prospects/${(await rowsOf(list))[1].id}`, { reason: 'doppione' });
    await second.waitForFunction(() => document.querySelector('[role=grid]').ariaRowCount === '8');
    await second.context().close();
  });

  test('S5.37 a column of its own is added, filled, renamed and taken away', async () => {
    const list = await newList();
    await openSheet(list);
    await page.getByRole('button', { name: 'Altre azioni' }).click();
    await page.locator('[role=menuitem]', { hasText: 'Aggiungi una colonna' }).click();
    await page.getByLabel('Nome', { exact: true }).fill('Note fiera');
    await page.keyboard.press('Control+Enter');
    const head = page.locator('.slick-header-column', { hasText: 'Note fiera' });
    await head.waitFor();
    const key = await head.getAttribute('data-id');
    await (await cell(0, key)).click();
    await page.keyboard.type('+39 stand B12');
    await page.keyboard.press('Enter');
    await onServer(list, (r) => r[0][key] === '+39 stand B12');
    await page.keyboard.press('Alt+ArrowDown');
    await page.locator('[role=menuitem]', { hasText: 'Modifica la colonna' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Elimina la colonna' }).click();
    await head.waitFor({ state: 'detached' });
  });

  test('S5.39 what cannot be right is marked with its sentence, and kept', async () => {
    const list = await newList([{ company_name: 'Rossi', email: 'info@' }]);
    await openSheet(list);
    const bad = await cell(0, 'email');
    assert.match(await bad.getAttribute('class'), /\bbad\b/);
    assert.ok((await bad.getAttribute('title')).length > 5);
  });

  test('an edit without a line waits and is sent when the line is back', async () => {
    const list = await newList();
    await openSheet(list);
    await page.context().setOffline(true);
    await (await cell(0, 'company_name')).click();
    await page.keyboard.type('Fuori linea');
    await page.keyboard.press('Enter');
    await page.locator('.offline', { hasText: 'aspetta di partire' }).waitFor();
    await reads(0, 'company_name', 'Fuori linea');
    await page.context().setOffline(false);
    await page.waitForSelector('.offline', { state: 'detached' });
    await onServer(list, (r) => r[0].company_name === 'Fuori linea');
    await reads(0, 'company_name', 'Fuori linea');
  });

  test('S5.5 S5.6 the calling session, by keyboard alone', async () => {
    const list = await newList(undefined, { script: 'Buongiorno, sono Laura.' });
    await visit(page, `/prospect-lists/${list.id}/call`);
    const who = (name) => page.locator('h2', { hasText: name }).waitFor();
    await who('Alfa');
    assert.ok(await page.getByText('Buongiorno, sono Laura.').isVisible());
    assert.equal(await page.getAttribute('a[href^="tel:"]', 'href'), 'tel:02555000');
    await page.keyboard.press('1');
    await who('Beta');
    await page.keyboard.press('2');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('2');
    await who('Gamma');
    await page.keyboard.press('4');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('1');
    await who('Delta');
    await page.keyboard.press('n');
    await page.keyboard.type('Interessata al listino');
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('5');
    await who('Epsilon');
    await page.keyboard.press('3');
    await who('Zeta');
    await onServer(list, (r) => r.find((x) => x.company_name === 'Epsilon')?.state === 'called');
    await page.keyboard.press('z');
    await who('Epsilon');
    const rows = await onServer(list, (r) => r.find((x) => x.company_name === 'Epsilon')?.state === 'new');
    const state = (n) => rows.find((r) => r.company_name === n)?.state;
    assert.deepEqual(['Alfa', 'Beta', 'Gamma', 'Delta'].map(state), [
      'called',
      'callback',
      undefined,
      'lead',
    ]);
    assert.equal((await rowsOf(list, '&discarded=true')).length, 1);
  });

  test('S5.5 S5.7 what is not known is asked on the phone, and the answer stands in the row', async () => {
    const rule = await ask(page, 'POST', 'qualification-rules', { field: 'fax', operator: 'is_filled' });
    const list = await newList([{ company_name: 'Alfa', need: 'gru', budget: '1000' }]);
    await visit(page, `/prospect-lists/${list.id}/call`);
    await page.getByText('Da capire').waitFor();
    await page.getByLabel('Fax: qual è?').fill('011 1234567');
    await page.keyboard.press('Enter');
    await page.getByText('In profilo').waitFor();
    await page.getByRole('button', { name: 'Altri campi' }).click();
    await page.getByRole('button', { name: /^E-mail: —/ }).click();
    await page.keyboard.type('info@');
    await page.keyboard.press('Enter');
    await page.getByText('non è un indirizzo e-mail').waitFor();
    await page.getByRole('button', { name: /^E-mail: / }).click();
    await page.keyboard.type('info@alfa.it');
    await page.keyboard.press('Enter');
    const [row] = await onServer(list, (r) => r[0].email === 'info@alfa.it');
    assert.ok(Object.values(row).includes('011 1234567'));
    await page.keyboard.press('3');
    await onServer(list, (r) => r[0].state === 'called');
    await ask(page, 'DELETE', `qualification-rules/${rule.id}`);
  });

  test('S5.10 two who call from one list at once never speak with the same row', async () => {
    const list = await newList(names.map((n) => ({ company_name: n })));
    const password = 'una-lunga-password-di-prova';
    const email = `${unique('marta').replace(/\W/g, '')}@example.it`;
    const marta = await ask(page, 'POST', 'users', {
      email,
      name: 'Marta Villa',
      role_id: meta.me.role_id,
    });
    await ask(page, 'POST', `users/${marta.id}/password`, { password });
    const other = await openPage();
    await ask(other, 'POST', 'session', { email, password });
    const who = (on, name) => on.locator('h2', { hasText: name }).waitFor();
    await visit(page, `/prospect-lists/${list.id}/call`);
    await who(page, 'Alfa');
    await until(page, `prospects?list_id=${list.id}&held_by[null]=false&limit=1`, (b) => b.items.length);
    await visit(other, `/prospect-lists/${list.id}/call`);
    await who(other, 'Beta');
    await other.keyboard.press('1');
    await who(other, 'Gamma');
    await until(
      page,
      `prospects?list_id=${list.id}&held_by=${marta.id}`,
      (b) => b.items[0]?.company_name === 'Gamma',
    );
    // Beta was called by the other one, Gamma is on the phone with him
    await page.keyboard.press('1');
    await who(page, 'Delta');
    await other.context().close();
  });

  test('axe finds nothing on the lists, the sheet and the session, in both themes and languages', async () => {
    const list = await newList([
      { company_name: 'Rossi', email: 'info@', phone: '02 123456' },
      { company_name: 'Verdi' },
    ]);
    const wrong = [];
    for (const lang of ['it', 'en'])
      for (const colorScheme of ['light', 'dark']) {
        await signIn(page, lang);
        await page.emulateMedia({ colorScheme });
        for (const place of [
          '/prospect-lists',
          `/prospect-lists/${list.id}`,
          `/prospect-lists/${list.id}/call`,
        ]) {
          await visit(page, place);
          await page.evaluate(axe);
          const found = await page.evaluate(() =>
            window.axe.run(document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
              resultTypes: ['violations'],
            }),
          );
          wrong.push(
            ...found.violations.map(
              (v) =>
                `${place} ${lang} ${colorScheme} ${v.id}: ${v.nodes.slice(0, 2).map((n) => `${n.target} ${n.failureSummary}`)}`,
            ),
          );
        }
      }
    await page.emulateMedia({ colorScheme: 'light' });
    await signIn(page);
    assert.deepEqual(wrong, []);
  });

  test('S5.44 a file becomes a list, its unknown headings columns of the list', async () => {
    const name = unique('Importata');
    await visit(page, '/import?entity=prospects');
    await page.getByLabel('Nome della lista nuova').fill(name);
    await page.setInputFiles('input[type=file]', {
      name: 'fiera.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Azienda;E-mail;Note fiera\nRossi;info@rossi.it;stand B12\nVerdi;;\n'),
    });
    await page.getByRole('button', { name: 'Avanti' }).click();
    await page.getByRole('button', { name: 'Controlla' }).click();
    await page.getByRole('button', { name: /Importa 2 righe/ }).click();
    await page.getByRole('link', { name: 'Vedi l’elenco' }).click();
    await page.waitForURL('**/prospect-lists/*');
    await page.locator('.slick-header-column', { hasText: 'Note fiera' }).waitFor();
    await reads(0, 'company_name', 'Rossi');
    assert.equal(await page.textContent('h1'), name);
  });

  test('who may only read sees the sheet and changes nothing', async () => {
    const list = await newList();
    const reader = await openPage();
    await signIn(reader);
    await reader.route('**/api/v1/meta', async (route) => {
      const body = await (await route.fetch()).json();
      for (const e of body.entities)
        if (e.name.startsWith('prospect')) e.can = { ...e.can, create: false, write: 'none', remove: 'none' };
      await route.fulfill({ json: body });
    });
    await openSheet(list, reader);
    await (await cell(0, 'company_name', reader)).click();
    await reader.keyboard.type('no');
    await reader.keyboard.press('Delete');
    await reader.keyboard.press('Enter');
    assert.equal(await text(0, 'company_name', reader), 'Alfa');
    assert.equal(await reader.locator('[data-act]').count(), 0);
    assert.equal(await reader.getAttribute('[role=grid]', 'aria-readonly'), 'true');
    assert.equal((await rowsOf(list))[0].company_name, 'Alfa');
    await reader.context().close();
  });

  test('one Tab leaves the sheet, Esc twice too', async () => {
    await openSheet(await newList());
    await (await cell(0, 'company_name')).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    assert.ok(!(await page.evaluate(() => document.activeElement.closest('.sheet'))));
    await (await cell(0, 'company_name')).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    assert.ok(!(await page.evaluate(() => document.activeElement.closest('.sheet'))));
  });

  describe('on a phone', () => {
    let phone;
    before(async () => {
      phone = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
      await signIn(phone);
    });
    after(() => phone.context().close());

    test('a tap selects, a second one opens the keyboard of the column, a swipe scrolls', async () => {
      const list = await newList(Array.from({ length: 60 }, (_, i) => ({ company_name: `Ditta ${i}` })));
      await openSheet(list, phone);
      const keyboard = () => phone.$eval('.sheet > textarea', (e) => [e.inputMode, e.className]);
      await (await cell(2, 'company_name', phone)).tap();
      assert.deepEqual(await keyboard(), ['none', '']);
      await (await cell(2, 'company_name', phone)).tap();
      assert.deepEqual(await keyboard(), ['text', 'open']);
      await phone.keyboard.type(' Srl');
      await phone.keyboard.press('Enter');
      await onServer(list, (r) => r[2].company_name === 'Ditta 2 Srl');
      const cdp = await phone.context().newCDPSession(phone);
      await cdp.send('Input.synthesizeScrollGesture', { x: 300, y: 500, yDistance: -400, speed: 2000 });
      await phone.waitForFunction(() =>
        [...document.querySelectorAll('.slick-viewport')].some((v) => v.scrollTop > 100),
      );
      assert.deepEqual(await keyboard(), ['none', '']);
      assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    });

    test('a call is concluded by thumb', async () => {
      const list = await newList();
      await visit(phone, `/prospect-lists/${list.id}/call`);
      await phone.locator('.outcomes button', { hasText: 'Non risponde' }).tap();
      await phone.locator('h2', { hasText: 'Beta' }).waitFor();
      await onServer(list, (r) => r[0].state === 'called');
      const small = await phone.$$eval('.outcomes .btn, .numbers .btn', (all) =>
        all.map((e) => e.getBoundingClientRect()).filter((b) => b.height < 43.5 || b.width < 43.5),
      );
      assert.deepEqual(small, []);
    });
  });
});
