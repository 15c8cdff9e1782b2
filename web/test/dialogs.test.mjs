// Dialogs, menus and small tables: the same everywhere, by keys, on a phone, clean to axe.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ask, desk, newLead, openPage, settled, signIn, unique, visit, walk } from './office.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const faults = async (page) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document.querySelector('dialog[open]') ?? document));
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`);
};

describe('dialogs', { timeout: 600_000 }, () => {
  let page, phone, lead, list, form;
  before(async () => {
    ({ page } = await desk());
    lead = await newLead(page, { budget: 5000 });
    list = await ask(page, 'POST', 'prospect-lists', { name: unique('Nomi lunghi') });
    const company_name = `Istituto ${'per la conservazione dei beni culturali '.repeat(2)}`.trim();
    await ask(page, 'POST', `prospect-lists/${list.id}/cells`, {
      add: [{ values: { company_name } }, { values: { company_name: 'Rossi' } }],
    });
    form = await ask(page, 'POST', 'web-forms', { name: unique('Modulo') });
    phone = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await signIn(phone);
  });
  after(() => phone.context().close());

  const here = () => page.evaluate(() => document.activeElement.outerHTML.slice(0, 120));
  for (const [where, keys] of [
    ['list', ['c', 'f', '?', 'Control+k']],
    ['lead', ['d', 'r', 'w', 'l', 'c']],
  ])
    test(`opened by a key, a dialog gives the focus back and has its default button last: ${where}`, async () => {
      await visit(page, where === 'list' ? '/leads' : `/leads/${lead.id}`);
      if (where === 'list') await page.locator('tbody tr').first().focus();
      else await page.locator('.next button, section button').first().focus();
      const before = await here();
      for (const key of keys) {
        await page.keyboard.press(key);
        await page.waitForSelector('dialog[open]');
        await settled(page);
        assert.ok(await page.evaluate(() => document.activeElement.closest('dialog')), key);
        const last = page.locator('dialog footer button').last();
        if (await last.count()) assert.match(await last.innerText(), /↵/, key);
        assert.deepEqual(await faults(page), [], key);
        await page.keyboard.press('Escape');
        await page.waitForSelector('dialog[open]', { state: 'detached' });
        await page.waitForFunction(() => document.activeElement !== document.body);
        assert.equal(await here(), before, key);
      }
    });

  test('a dialog of the set-up is seen whole after a sheet was open', async () => {
    const status = await ask(page, 'POST', 'lead-statuses', { name_it: unique('Passeggero') });
    await visit(page, `/prospect-lists/${list.id}`);
    await page.waitForSelector('.sheet .slick-row');
    await walk(page, '/settings/statuses');
    await page.locator(`[data-step="${status.id}"] button[aria-haspopup]`).click();
    await page.getByRole('menuitem', { name: 'Togli' }).click();
    const box = await page.locator('dialog[open]').boundingBox();
    assert.ok(box.height > 120, `${box.height}`);
    assert.deepEqual(await faults(page), []);
    await page.locator('dialog .btn.bad').click();
    await page.locator(`[data-step="${status.id}"]`).waitFor({ state: 'detached' });
  });

  test('a cell that cuts its text tells all of it where one rests, and under the pointer', async () => {
    await visit(page, `/prospect-lists/${list.id}`);
    const cell = page.locator('.slick-cell[id$="-0-1"]');
    await cell.click();
    await page.locator('.sheet .tip', { hasText: 'per la conservazione' }).waitFor();
    assert.match(await cell.getAttribute('title'), /per la conservazione/);
    await page.keyboard.press('ArrowDown');
    await page.locator('.sheet .tip').waitFor({ state: 'detached' });
  });

  test('on a phone the tables of the set-up are cards, nothing scrolls sideways, thumbs find what they press', async () => {
    for (const place of ['/settings/mapping', '/settings/roles', `/web-forms/${form.id}`]) {
      await visit(phone, place);
      await phone.waitForSelector('table.ruled select');
      const wrong = await phone.evaluate(() =>
        [...document.querySelectorAll('.screen table, .screen div')]
          .filter((e) => /auto|scroll/.test(getComputedStyle(e).overflowX))
          .filter((e) => e.scrollWidth > e.clientWidth + 1)
          .map((e) => e.className),
      );
      assert.deepEqual(wrong, [], place);
      const low = await phone.$$eval('.screen button, .screen select', (all) =>
        all.filter((e) => e.offsetParent && e.offsetHeight < 43).map((e) => e.outerHTML.slice(0, 90)),
      );
      assert.deepEqual(low, [], place);
      assert.deepEqual(await faults(phone), [], place);
    }
  });

  test('on a phone a menu is a sheet at the foot, and a selection has all its buttons', async () => {
    await visit(phone, `/leads/${lead.id}`);
    await phone.locator('header.bar button[aria-haspopup]').tap();
    const menu = await phone.locator('[role=menu]:popover-open').boundingBox();
    assert.ok(menu.width >= 388 && menu.y + menu.height >= 840, JSON.stringify(menu));
    await phone.keyboard.press('Escape');
    await visit(phone, '/leads');
    await phone.locator('tbody tr').first().focus();
    await phone.keyboard.press('x');
    await phone.keyboard.press('j');
    await phone.keyboard.press('x');
    await phone.waitForSelector('footer strong');
    const edges = await phone.$$eval('footer > *', (all) =>
      all.map((e) => e.getBoundingClientRect().toJSON()),
    );
    edges.slice(1).forEach((e, i) => assert.ok(e.left >= edges[i].right - 1, JSON.stringify(edges)));
  });
});
