// The sheet as a spreadsheet: its columns, its clipboard, its rows, what others do in it, where it is fed from.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { before, describe, test } from 'node:test';
import { ask, base, desk, openPage, settled, signIn, unique, visit } from './office.mjs';

describe('spreadsheet', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base });
  });
  const three = ['Alfa', 'Beta', 'Gamma'].map((n, i) => ({
    company_name: n,
    city: 'Roma',
    phone: `02 5550${i}`,
  }));
  async function sheet(rows = three) {
    const list = await ask(page, 'POST', 'prospect-lists', { name: unique('Foglio') });
    await ask(page, 'POST', `prospect-lists/${list.id}/cells`, { add: rows.map((values) => ({ values })) });
    await visit(page, `/prospect-lists/${list.id}`);
    await page.waitForSelector('.sheet .slick-row');
    return list;
  }
  async function rowsOf(list) {
    const { keys, rows } = await ask(page, 'GET', `prospect-lists/${list.id}/rows?limit=100`);
    return rows.map((r) => Object.fromEntries(keys.map((k, i) => [k, r[i]])));
  }
  async function onServer(list, is) {
    for (let i = 0; i < 200; i++) {
      const rows = await rowsOf(list);
      if (is(rows)) return rows;
      await settled(page);
    }
    assert.fail(`never so on the server: ${is}`);
  }
  const heads = (on = page) => on.$$eval('.slick-header-column', (all) => all.map((e) => e.dataset.id));
  const cell = async (row, key, on = page) =>
    on.locator(`.slick-cell[id$="-${row}-${(await heads(on)).indexOf(key)}"]`);
  const says = async (row, key, text, on = page) =>
    (await cell(row, key, on)).filter({ hasText: text }).waitFor();
  /** An entry of a column's menu. */
  async function column(key, entry) {
    const head = page.locator(`.slick-header-column[data-id="${key}"]`);
    await head.hover();
    await head.locator('.more').click();
    await page.locator('[role=menuitem]', { hasText: entry }).click();
  }
  const paste = (type, text) =>
    page.evaluate(
      ([t, x]) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData(t, x);
        document.activeElement.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      },
      [type, text],
    );

  test('S5.5 S5.7 S5.8 how a row stands to the profile is a column, told anew, and filtered by', async () => {
    const list = await sheet([
      { company_name: 'Alfa', need: 'una gru', budget: '12.000' },
      { company_name: 'Beta' },
    ]);
    await says(0, '@profile', 'In profilo');
    await says(1, '@profile', 'Da capire');
    await page.locator('[data-filter="@profile"]').fill('capire');
    await page.waitForFunction(() => document.querySelector('[role=grid]').ariaRowCount === '4');
    await says(0, 'company_name', 'Beta');
    await (await cell(0, 'need')).click();
    await page.keyboard.type('un muletto');
    await page.keyboard.press('Tab');
    const budget = await cell(0, 'budget');
    await budget.click();
    await page.keyboard.type('9000');
    await page.keyboard.press('Enter');
    await onServer(list, (r) => r[1].qualification === 'met');
    await says(0, '@profile', 'In profilo');
  });

  test('S5.37 columns are held, put elsewhere and hidden, and so they are after loading again', async () => {
    await sheet();
    await column('phone', 'Sposta a sinistra');
    await column('city', 'Nascondi');
    const order = await heads();
    assert.ok(!order.includes('city'));
    await column(order[3], 'Blocca');
    const held = async () => (await page.$$('.slick-pane-left .slick-header-column')).length;
    const was = await held();
    assert.equal(was, 4);
    await page.reload();
    await page.waitForSelector('.sheet .slick-row');
    assert.deepEqual(await heads(), order);
    assert.equal(await held(), was);
    // the filters stand under their headings
    const gap = await page.evaluate(
      () =>
        document.querySelector('.slick-headerrow').getBoundingClientRect().top -
        document.querySelector('.slick-header').getBoundingClientRect().bottom,
    );
    assert.ok(Math.abs(gap) < 2, String(gap));
  });

  test('S5.37 a row is put in above by its keys, typed, and taken back step by step', async () => {
    const list = await sheet();
    await (await cell(1, 'company_name')).click();
    await page.keyboard.press('Control+Shift++');
    await onServer(list, (r) => r.length === 4);
    await page.keyboard.type('Nuova');
    await page.keyboard.press('Enter');
    await onServer(list, (r) => r[1].company_name === 'Nuova' && r[2].company_name === 'Beta');
    await page.keyboard.press('Control+z');
    await onServer(list, (r) => r.length === 4 && !r[1].company_name);
    await page.keyboard.press('Control+z');
    await onServer(list, (r) => r.length === 3 && r[1].company_name === 'Beta');
  });

  test('S5.39 one cell is taken back and not what another typed beside it', async () => {
    const list = await sheet();
    await (await cell(0, 'company_name')).click();
    await page.keyboard.type('Prima');
    await page.keyboard.press('Enter');
    await (await cell(0, 'city')).click();
    await page.keyboard.type('Bari');
    await page.keyboard.press('Enter');
    const [row] = await onServer(list, (r) => r[0].city === 'Bari');
    await ask(page, 'POST', `prospect-lists/${list.id}/cells`, {
      set: [{ id: row.id, key: 'phone', value: '06 999' }],
    });
    await says(0, 'phone', '06 999');
    await page.keyboard.press('Control+z');
    await onServer(list, (r) => r[0].city === 'Roma');
    const [now] = await rowsOf(list);
    assert.deepEqual([now.company_name, now.phone], ['Prima', '06 999']);
  });

  test('S5.39 a selection is filled down over several columns', async () => {
    const list = await sheet();
    await (await cell(0, 'company_name')).click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+Shift+ArrowRight');
    await page.keyboard.press('Control+d');
    const rows = await onServer(list, (r) => r[1].company_name === 'Alfa');
    assert.deepEqual(
      rows.map((r) => [r.company_name, r.phone]),
      [
        ['Alfa', '02 55500'],
        ['Alfa', '02 55500'],
        ['Gamma', '02 55502'],
      ],
    );
  });

  test('S5.39 a table of a page is pasted; what is copied Excel takes as text', async () => {
    const list = await sheet();
    await (await cell(1, 'company_name')).click();
    await paste(
      'text/html',
      '<html><body><!--StartFragment--><table><tr><td>Rossi<br>&amp; figli</td></tr><tr><td> Verdi  Srl </td></tr></table></body></html>',
    );
    await onServer(list, (r) => r[1].company_name === 'Rossi\n& figli' && r[2].company_name === 'Verdi Srl');
    const copied = await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      document.activeElement.dispatchEvent(
        new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }),
      );
      return [clipboardData.getData('text/plain'), clipboardData.getData('text/html')];
    });
    assert.equal(copied[0], '"Rossi\n& figli"\r\nVerdi Srl');
    assert.match(copied[1], /<td[^>]*>Rossi<br>&amp; figli<\/td>/);
    assert.match(copied[1], /mso-number-format/);
    // and as Excel gives it: a line break at the end, quoted lines
    await (await cell(0, 'company_name')).click();
    await paste('text/plain', '"Bianchi\r\nSpa"\tx\r\n');
    await onServer(list, (r) => r[0].company_name === 'Bianchi\nSpa');
  });

  test('S5.38 what another changes flashes where it stands', async () => {
    const list = await sheet();
    const other = await openPage();
    await signIn(other);
    const stream = other.waitForResponse((r) => r.url().endsWith('/events'));
    await visit(other, `/prospect-lists/${list.id}`);
    await stream;
    const [row] = await rowsOf(list);
    const at = await (await cell(0, 'city', other)).getAttribute('id');
    const flashed = other.evaluate(
      (id) =>
        new Promise((done) => {
          const look = () => {
            const c = document.querySelector(`[id="${id}"]`);
            if (c?.textContent === 'Lecce') done(c.classList.contains('flash'));
            else requestAnimationFrame(look);
          };
          look();
        }),
      at,
    );
    await ask(page, 'POST', `prospect-lists/${list.id}/cells`, {
      set: [{ id: row.id, key: 'city', value: 'Lecce' }],
    });
    assert.equal(await flashed, true);
    await other.context().close();
  });

  test('S5.44 a sheet published at an address is read, shown and taken over', async (t) => {
    const [host, port] = (process.env.SHEETS ?? '').split(':');
    if (!port) return t.skip('the program was not told where sheets may come from');
    let csv = 'Azienda;E-mail;Città\nRossi;info@rossi.it;Torino\nVerdi;info@verdi.it;Asti\n';
    const house = createServer((_, res) => res.setHeader('content-type', 'text/csv').end(csv));
    await new Promise((done) => house.listen(Number(port), host, done));
    try {
      const list = await sheet([{ company_name: 'Rossi', email: 'info@rossi.it', city: 'Roma' }]);
      const read = async () => {
        await page.getByRole('button', { name: 'Altre azioni' }).click();
        await page.locator('[role=menuitem]', { hasText: 'Foglio' }).click();
        await page.waitForSelector('dialog[open]');
        await page.locator('#feed-url').fill(`http://${process.env.SHEETS}/pub?output=csv`);
        await page.locator('#feed-key').selectOption('email');
        await page.keyboard.press('Control+Enter');
      };
      await read();
      await page.locator('dialog .tag.ok').filter({ hasText: '1' }).waitFor();
      await page
        .locator('dialog li')
        .filter({ hasText: /Roma.*Torino/ })
        .waitFor();
      assert.equal((await rowsOf(list))[0].city, 'Roma');
      await page.locator('dialog').getByRole('button', { name: /2/ }).click();
      await page.waitForSelector('dialog[open]', { state: 'detached' });
      await onServer(list, (r) => r.length === 2 && r[0].city === 'Torino');
      await says(1, 'company_name', 'Verdi');
      csv = '<html>non è un foglio</html>';
      await read();
      assert.ok((await page.locator('dialog [role=alert]').textContent()).length > 20);
      await page.keyboard.press('Escape');
    } finally {
      house.close();
    }
  });
});
