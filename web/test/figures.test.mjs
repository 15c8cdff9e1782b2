// The figures: each number and the list behind it agree, whatever period and whose they are.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { ask, base, desk, openPage, settled, signIn, visit } from './office.mjs';

describe('figures', { timeout: 900_000 }, () => {
  let page, meta;
  before(async () => {
    ({ page, meta } = await desk());
  });
  const figure = (name, within = page) => within.locator(`[data-figure="${name}"]`).first();
  const part = (title) => page.locator('.card', { has: page.getByRole('heading', { name: title }) });
  const numberIn = (text) => Number(text.replace(/[^\d]/g, ''));
  /** Follow a number to its list, which counts as many; then come back. */
  async function agrees(link) {
    const told = numberIn(await link.innerText());
    await link.click();
    await page.waitForURL((u) => !u.pathname.startsWith('/figures'));
    await settled(page);
    const total = (await page.locator('header.bar .tag').count())
      ? numberIn(await page.locator('header.bar .tag').first().innerText())
      : 0;
    assert.equal(total, told, page.url());
    await page.goBack();
    await settled(page);
    return told;
  }

  test('S3.21 S3.22 S3.1 a figure leads to its list, which counts as many', async () => {
    await visit(page, '/figures');
    const counts = [
      figure('generated', page.locator('.tile')),
      figure('converted_cohort'),
      figure('customers', page.locator('.tile')),
      figure('open'),
      figure('won', page.locator('.tile')),
      part('Le fasi, oggi').locator('li', { hasText: 'Hot lead' }).locator('a'),
      part('Le fasi, oggi').locator('li', { hasText: 'Suspect' }).locator('a'),
      figure('generated', part('Risultati').locator('tbody tr').nth(1)),
      figure('count', part('Tempo in ogni stato').locator('tbody tr').first()),
      figure('count', part('Perché si perdono').locator('tbody tr').first()),
      ...['created', 'steps', 'converted', 'won'].map((name) =>
        figure(name, part('Chi ha contribuito').locator('tbody tr').first()),
      ),
    ];
    let sum = 0;
    for (const link of counts) sum += await agrees(link);
    assert.ok(sum > 0);
  });

  test('S1.16 what somebody did is a list of operations, narrowed by chips', async () => {
    const [fair] = meta.sources;
    await visit(page, `/figures?period=own&from=2026-01-01&to=2026-06-30&source=${fair.id}`);
    await figure('worked', part('Chi ha contribuito').locator('tbody tr').first()).click();
    await page.waitForURL('**/operations?*');
    await settled(page);
    const chips = page.locator('.chip.on');
    assert.deepEqual(
      (await chips.allInnerTexts()).map((x) => x.trim().replace(/\s+/g, ' ')),
      ['Lavoro su lead e opportunità', 'Fatte dal 01/01/2026 al 30/06/2026', `Origine ${fair.name}`],
    );
    const who = page.locator('header.bar select');
    assert.equal(await who.inputValue(), new URL(page.url()).searchParams.get('user_id'));
    const before = numberIn(await page.locator('header.bar .tag').innerText());
    await page.getByRole('button', { name: 'Togli il filtro Origine' }).click();
    await page.waitForFunction(
      (n) => Number(document.querySelector('header.bar .tag')?.textContent?.replace(/[^0-9]/g, '')) > n,
      before,
    );
    await page.getByRole('button', { name: 'Togli il filtro Fatte' }).click();
    await page.getByRole('button', { name: 'Togli il filtro Lavoro su lead e opportunità' }).click();
    await page.waitForFunction(() => !document.querySelector('header.bar .tag'));
    assert.ok(/^\?user_id=\d+$/.test(new URL(page.url()).search));
  });

  test('what came by a link stands in the list as chips that can be taken away', async () => {
    await visit(page, '/figures?period=own&from=2026-01-01&to=2026-06-30');
    await figure('converted_cohort').click();
    await page.waitForURL('**/leads?*');
    await settled(page);
    const chips = page.locator('.chip.on');
    assert.deepEqual(
      (await chips.allInnerTexts()).map((x) => x.trim().replace(/\s+/g, ' ')),
      ['Creato il dal 01/01/2026 al 30/06/2026', 'Convertito il compilato'],
    );
    const before = numberIn(await page.locator('header.bar .tag').innerText());
    await page.getByRole('button', { name: /Togli.*Convertito il/ }).click();
    await page.waitForFunction(
      (n) => document.querySelector('header.bar .tag')?.textContent !== n,
      `${before}`,
    );
    await settled(page);
    assert.ok(numberIn(await page.locator('header.bar .tag').innerText()) > before);
    await page.getByRole('button', { name: /Togli.*Creato il/ }).click();
    await settled(page);
    assert.equal(new URL(page.url()).search, '');
  });

  test('time in a phase: who left it in the period is a list of its own (S4.27)', async () => {
    await visit(page, '/figures');
    const row = part('Tempo in ogni stato').locator('tbody tr').first();
    const name = (await row.locator('th').innerText()).trim();
    await figure('left', row).click();
    await page.waitForURL('**/leads?left=*');
    await settled(page);
    const chip = await page.locator('.chip.on').innerText();
    assert.match(chip, new RegExp(`Uscito da\\s+${name}, dal 01/01`));
  });

  test('the period and whose they are is chosen, and kept in the address', async () => {
    await visit(page, '/figures');
    const year = numberIn(await figure('generated', page.locator('.tile')).innerText());
    await page.getByRole('combobox', { name: 'Periodo' }).selectOption('this_month');
    await page.waitForURL('**/figures?period=this_month');
    await settled(page);
    assert.ok(numberIn(await figure('generated', page.locator('.tile')).innerText()) < year);
    await page.getByRole('combobox', { name: 'Periodo' }).selectOption('own');
    await page.getByLabel('Dal', { exact: true }).fill('2026-02-01');
    await page.getByLabel('Al', { exact: true }).fill('2026-02-28');
    await page.getByLabel('Al', { exact: true }).blur();
    await page.waitForURL('**/figures?*from=2026-02-01*');
    await settled(page);
    await page.locator('header.bar', { hasText: '01/02/2026 – 28/02/2026' }).waitFor();
    const source = meta.sources[0];
    await page.getByRole('combobox', { name: 'Origine' }).selectOption(String(source.id));
    await page.waitForURL(`**/figures?*source=${source.id}*`);
    await settled(page);
    await page.locator('header.bar', { hasText: source.name }).waitFor();
    await agrees(figure('generated', page.locator('.tile')));
    await page.reload();
    await settled(page);
    assert.equal(await page.getByRole('combobox', { name: 'Origine' }).inputValue(), String(source.id));
  });

  test('what a figure means is told to the keyboard, and a chart is a table too', async () => {
    await visit(page, '/figures');
    await page.getByRole('button', { name: 'Tasso di conversione: che cosa vuol dire' }).focus();
    await page.keyboard.press('Enter');
    const said = page.locator('[popover]:popover-open');
    await said.waitFor();
    assert.match(await said.innerText(), /lead convertiti \/ lead generati/);
    await page.keyboard.press('Escape');
    await said.waitFor({ state: 'detached' }).catch(() => undefined);
    const card = part('Lead per mese');
    await card.getByRole('button', { name: 'Tabella' }).click();
    const sum = (await card.locator('[data-figure="generated"]').allInnerTexts()).reduce(
      (n, x) => n + numberIn(x),
      0,
    );
    assert.equal(sum, numberIn(await figure('generated', page.locator('.tile')).innerText()));
  });

  test('the figures go out as CSV and as Excel', async () => {
    await visit(page, '/figures');
    const generated = await figure('generated', page.locator('.tile')).innerText();
    for (const [name, file] of [
      ['CSV', 'crisalide-kpi.csv'],
      ['Excel', 'crisalide-kpi.xlsx'],
    ]) {
      await page.getByRole('button', { name: 'Esporta' }).click();
      const coming = page.waitForEvent('download');
      await page.getByRole('menuitem', { name }).click();
      const got = await coming;
      assert.equal(got.suggestedFilename(), file);
      const bytes = readFileSync(await got.path());
      if (name === 'CSV') assert.match(bytes.toString(), new RegExp(`Lead generati;${generated};`));
      else assert.equal(bytes.toString('latin1', 0, 2), 'PK');
    }
  });

  test('on a phone the period and the filters are in a sheet', async () => {
    const phone = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await signIn(phone);
    await visit(phone, '/figures');
    await phone.getByRole('button', { name: 'Filtri' }).tap();
    const sheet = phone.locator('dialog');
    await sheet.getByRole('combobox', { name: 'Periodo' }).selectOption('last_year');
    const owner = (await ask(phone, 'GET', 'meta')).users[0];
    await sheet.getByRole('combobox', { name: 'Persona' }).selectOption(String(owner.id));
    await sheet.getByRole('button', { name: 'Mostra' }).tap();
    await sheet.waitFor({ state: 'detached' });
    await settled(phone);
    await phone.locator('.asked', { hasText: owner.name }).waitFor();
    assert.equal(new URL(phone.url()).href, `${base}/figures?period=last_year&owner=${owner.id}`);
    assert.ok(
      await phone.evaluate(
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
      ),
    );
    await phone.getByRole('button', { name: /Venduto: che cosa/ }).tap();
    await phone.locator('[popover]:popover-open').waitFor();
    await phone.context().close();
  });
});
