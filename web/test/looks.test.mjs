// Every screen, wide and on a phone, in both themes and both languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { ask, desk, newLead, settled, signIn, visit, walk } from './office.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
describe('looks', { timeout: 900_000 }, () => {
  let page, places;
  before(async () => {
    ({ page } = await desk());
    const lead = await newLead(page, { budget: 5000, city: 'Pavia' });
    const company = await ask(page, 'POST', 'companies', {
      name: `${lead.company_name} Prova`,
      city: 'Pavia',
    });
    const contact = await ask(page, 'POST', 'contacts', {
      first_name: 'Ada',
      last_name: 'Bianchi',
      company_id: company.id,
    });
    const opportunity = await ask(page, 'POST', 'opportunities', {
      name: 'Fornitura',
      amount: 100,
      company_id: company.id,
      contact_id: contact.id,
    });
    await ask(page, 'POST', 'opportunities', { name: 'Ricambi', amount: 50, company_id: company.id });
    const campaign = await ask(page, 'POST', 'campaigns', { name: 'Fiera', budget: 900 });
    await ask(page, 'POST', 'campaign-costs', { campaign_id: campaign.id, amount: 100, what: 'Stand' });
    await ask(page, 'POST', `campaigns/${campaign.id}/touch`, { lead_id: lead.id, note: 'Allo stand' });
    const form = await ask(page, 'POST', 'web-forms', { name: 'Contatti' });
    const list = await ask(page, 'POST', 'prospect-lists', { name: 'Fiera', script: 'Buongiorno' });
    await ask(page, 'POST', `prospect-lists/${list.id}/cells`, {
      add: [
        { values: { company_name: 'Rossi', email: 'info@', phone: '02 123456', need: 'gru', budget: '900' } },
        { values: { company_name: 'Verdi' } },
      ],
    });
    places = [
      '/',
      '/?list=standby',
      '/pipeline',
      '/leads',
      '/companies',
      '/contacts',
      '/opportunities',
      `/leads/${lead.id}`,
      `/companies/${company.id}`,
      `/contacts/${contact.id}`,
      `/opportunities/${opportunity.id}`,
      '/campaigns',
      `/campaigns/${campaign.id}`,
      `/web-forms/${form.id}`,
      '/prospect-lists',
      `/prospect-lists/${list.id}`,
      `/prospect-lists/${list.id}/call`,
      '/import',
      `/import?entity=prospects&into=${list.id}`,
      '/figures',
      '/duplicates',
      '/operations',
      '/settings',
      '/settings/qualification',
      '/settings/firm',
      '/settings/statuses',
      '/settings/pipelines',
      '/settings/reasons',
      '/settings/fields',
      '/settings/mapping',
      '/settings/roles',
      '/settings/mail',
      '/settings/outbox',
      `/leads?peek=${lead.id}`,
    ];
  });

  async function faults(place) {
    const found = await page.evaluate(() =>
      window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        resultTypes: ['violations'],
      }),
    );
    return found.violations.map(
      (v) =>
        `${place} ${v.id}: ${v.nodes
          .slice(0, 3)
          .map((n) => `${n.target} ${n.failureSummary.split('\n')[1] ?? ''}`)
          .join(' | ')}`,
    );
  }
  for (const lang of ['it', 'en'])
    for (const theme of ['light', 'dark'])
      test(`axe finds nothing on any screen: ${lang}, ${theme}`, async () => {
        const wrong = [];
        await signIn(page, lang);
        await page.emulateMedia({ colorScheme: theme });
        await visit(page, '/settings');
        await page.evaluate(axe);
        for (const place of places) {
          await walk(page, place);
          wrong.push(...(await faults(place)));
        }
        await walk(page, '/');
        for (const [key, name] of [
          ['c', 'create'],
          ['Control+k', 'palette'],
          ['?', 'help'],
        ]) {
          await page.keyboard.press(key);
          await page.waitForSelector('dialog[open]');
          await settled(page);
          wrong.push(...(await faults(name)));
          await page.keyboard.press('Escape');
          await page.waitForSelector('dialog[open]', { state: 'detached' });
        }
        assert.equal(await page.getAttribute('html', 'lang'), lang);
        await page.emulateMedia({ colorScheme: 'light' });
        assert.deepEqual(wrong, []);
      });

  for (const width of [390, 320])
    test(`no screen scrolls sideways at ${width} pixels`, async () => {
      await signIn(page);
      await page.setViewportSize({ width, height: 844 });
      await visit(page, '/settings');
      const wrong = [];
      for (const place of places) {
        await walk(page, place);
        wrong.push(
          ...(await page.evaluate(
            (at) =>
              [document.documentElement, ...document.querySelectorAll('.screen, header.bar, .scroll, dialog')]
                .filter((e) => e.scrollWidth > e.clientWidth + 1)
                .map((e) => `${at}: ${e.tagName} ${e.className} ${e.scrollWidth}>${e.clientWidth}`),
            place,
          )),
        );
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      assert.deepEqual(wrong, []);
    });

  test('keyboard only: from the first Tab to an open lead', async () => {
    await visit(page, '/');
    await page.keyboard.press('Tab');
    await page.waitForSelector('.skip:focus');
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.waitForURL('**/leads');
    await page.waitForSelector('tbody tr');
    await page.keyboard.press('j');
    await page.waitForSelector('tbody tr:focus');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/leads/*');
    await page.waitForSelector('aside');
    await page.keyboard.press('Escape');
    await page.waitForURL('**/leads');
  });
});
