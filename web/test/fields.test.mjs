// The card of each record, built to the firm's needs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, desk, newLead, settled, toast, unique, visit, walk } from './office.mjs';

describe('fields of the cards', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    ({ page } = await desk());
  });
  const slot = (name) => page.locator(`[data-slot="${name}"]`);
  const slots = (panel) =>
    page.$$eval(`[data-panel="${panel}"] [data-slot]`, (all) => all.map((x) => x.dataset.slot));
  const menu = async (name, item) => {
    await slot(name).locator('button[aria-haspopup]').click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const panelOf = (name) =>
    page
      .waitForSelector(`[data-slot="${name}"]`)
      .then((x) => x.evaluate((e) => e.closest('[data-panel]').dataset.panel));
  const undo = async () => {
    await page.locator('.toast button', { hasText: 'Annulla' }).last().click();
    await toast(page, 'Annullato');
    await settled(page);
  };
  const label = unique('Taglia');
  let own;
  /** The other tests work with the card as it is. */
  after(async () => {
    for (const plural of ['field-layouts', 'field-panels'])
      for (const row of (await ask(page, 'GET', `${plural}?limit=500`)).items)
        await ask(page, 'DELETE', `${plural}/${row.id}`);
    if (own) await ask(page, 'DELETE', `custom-fields/${own.id}`);
  });

  test('S2.12 a field of our own is added in a dialog, and stands on the lead, in the list and in the filter', async () => {
    await visit(page, '/settings/fields');
    await page.getByRole('button', { name: 'Aggiungi campo' }).first().click();
    const dialog = page.locator('dialog');
    await dialog.getByLabel('Etichetta', { exact: true }).fill(label);
    await dialog.getByLabel('Tipo').selectOption('choice');
    await dialog.getByLabel('Voce 1', { exact: true }).fill('Grande');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Voce 2', { exact: true }).fill('Piccola');
    await dialog.getByLabel('Riquadro').selectOption('company');
    await dialog.locator('.btn.primary').click();
    await toast(page, label);
    own = (await ask(page, 'GET', 'custom-fields?entity=lead&limit=500')).items.find(
      (f) => f.label_it === label,
    );
    assert.deepEqual(
      own.choices.map((c) => c.value),
      ['grande', 'piccola'],
    );
    assert.equal(await panelOf(own.name), 'company');

    const lead = await newLead(page, { [own.name]: 'grande' });
    await walk(page, `/leads/${lead.id}`);
    assert.match(await page.locator('aside dl', { hasText: label }).innerText(), /Grande/);
    await walk(page, `/leads?${own.name}=grande`);
    await page.locator('thead th', { hasText: label }).waitFor();
    await page.locator('tbody .first', { hasText: lead.title }).waitFor();
    assert.equal(await page.locator('tbody tr').count(), 1);
  });

  test('S2.12 a field moves by keys and by menu, within its panel and into others, and back by undo', async () => {
    await visit(page, '/settings/fields');
    const first = await slots('person');
    await slot(first[1]).locator('button').first().press('Alt+ArrowUp');
    await toast(page, 'spostato');
    await settled(page);
    assert.deepEqual((await slots('person')).slice(0, 2), [first[1], first[0]]);
    await menu('mobile', 'Sposta in Persona');
    await page.locator('[data-panel="person"] [data-slot="mobile"]').waitFor();
    await settled(page);
    await page.reload();
    await settled(page);
    assert.equal((await slots('person')).at(-1), 'mobile');
    await slot('mobile').locator('button').first().press('Alt+ArrowUp');
    await settled(page);
    assert.equal((await slots('person')).at(-2), 'mobile');
    await undo();
    assert.equal((await slots('person')).at(-1), 'mobile');
  });

  test('S2.12 a field is dragged into another panel', async () => {
    // Both panels in sight, however many fields others have added.
    await page.setViewportSize({ width: 1440, height: 3000 });
    await visit(page, '/settings/fields');
    const from = await slot('tax_code').boundingBox();
    const to = await slot('city').boundingBox();
    await page.mouse.move(from.x + 20, from.y + 16);
    await page.mouse.down();
    await page.mouse.move(from.x + 30, from.y + 26, { steps: 4 });
    await page.mouse.move(to.x + 40, to.y + 10, { steps: 12 });
    await page.locator('[data-panel="address"] [data-slot="tax_code"]').waitFor({ state: 'attached' });
    await page.mouse.up();
    await toast(page, 'spostato');
    await settled(page);
    const layout = await ask(page, 'GET', 'field-layouts?entity=lead&field=tax_code');
    assert.equal(layout.items[0].panel, 'address');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('S2.12 hidden, it is on no card; asked for, the quick form asks; renamed, it is called so', async () => {
    await visit(page, '/settings/fields');
    await menu('linkedin', 'Nascondi');
    await toast(page, 'nascosto');
    await menu('city', 'Rendi obbligatorio');
    await toast(page, 'modificato');
    await settled(page);
    await slot('sector').locator('button').first().click();
    await page.locator('dialog').getByLabel('Etichetta', { exact: true }).fill('Mercato');
    await page.locator('dialog .btn.primary').click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await settled(page);
    assert.equal(
      await slot('linkedin')
        .getAttribute('class')
        .then((c) => c.includes('off')),
      true,
    );

    await walk(page, '/leads');
    await page.locator('thead th', { hasText: 'Mercato' }).waitFor();
    await page.getByRole('button', { name: 'Colonne' }).click();
    assert.equal(await page.locator('dialog').getByLabel('LinkedIn').count(), 0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    const city = page.locator('dialog').getByLabel('Città');
    await city.waitFor();
    await page.locator('dialog [data-field="last_name"]').fill(unique('Bianchi'));
    await page.locator('dialog .btn.primary').click();
    await page.locator('dialog .error', { hasText: /./ }).first().waitFor();
    await city.fill('Lodi');
    await page.locator('dialog .btn.primary').click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await settled(page);
  });

  test('S2.12 a panel of our own has a title, and its fields are back when it goes', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await visit(page, '/settings/fields?of=company');
    const title = unique('Impianti');
    await page.locator('button:visible', { hasText: 'Nuovo riquadro' }).click();
    await page.locator('dialog').getByLabel('Titolo', { exact: true }).fill(title);
    await page.locator('dialog .btn.primary').click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    const made = page.locator('section[data-panel]', { hasText: title });
    await made.waitFor();
    await menu('fax', `Sposta in ${title}`);
    await made.locator('[data-slot="fax"]').waitFor();
    await settled(page);
    await made.locator('header button').click();
    await page.getByRole('menuitem', { name: 'Togli' }).click();
    await made.waitFor({ state: 'detached' });
    await settled(page);
    assert.equal(await panelOf('fax'), 'contact');
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
