// Every screen, wide and on a phone, in both themes and both languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { ask, newLead, openOffice, signIn, visit } from './office.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
let office, page, places;
before(async () => {
  office = await openOffice({ bypassCSP: false });
  page = office.page;
  await signIn(page);
  const lead = await newLead(page, { budget: 5000, city: 'Pavia' });
  const company = await ask(page, 'POST', 'companies', { name: `${lead.company_name} Prova`, city: 'Pavia' });
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
    '/import',
    '/figures',
    '/operations',
    '/settings',
    `/leads?peek=${lead.id}`,
  ];
});
after(() => office.close());

async function faults() {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
  );
  return found.violations.map(
    (v) =>
      `${v.id}: ${v.nodes
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
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      for (const place of places) {
        await visit(page, place);
        await page.waitForTimeout(150);
        wrong.push(...(await faults()).map((f) => `${place} ${f}`));
      }
      for (const [key, name] of [
        ['c', 'create'],
        ['Control+k', 'palette'],
        ['?', 'help'],
      ]) {
        await visit(page, '/');
        await page.keyboard.press(key);
        await page.waitForSelector('dialog[open]');
        await page.waitForTimeout(200);
        wrong.push(...(await faults()).map((f) => `${name} ${f}`));
        await page.keyboard.press('Escape');
      }
      assert.equal(await page.getAttribute('html', 'lang'), lang);
      assert.deepEqual(wrong, []);
    });

for (const width of [390, 320])
  test(`no screen scrolls sideways at ${width} pixels`, async () => {
    await signIn(page);
    await page.setViewportSize({ width, height: 844 });
    for (const place of places) {
      await visit(page, place);
      await page.waitForTimeout(100);
      const over = await page.evaluate(() => {
        const wide = [...document.querySelectorAll('.screen, header.bar, .scroll, dialog')].filter(
          (e) => e.scrollWidth > e.clientWidth + 1,
        );
        return [
          document.documentElement.scrollWidth - window.innerWidth,
          ...wide.map((e) => `${e.className} ${e.scrollWidth}>${e.clientWidth}`),
        ];
      });
      assert.deepEqual(over, [0], place);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

test('keyboard only: from the first Tab to an open lead', async () => {
  await visit(page, '/');
  await page.keyboard.press('Tab');
  await page.waitForSelector('.skip:focus');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
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

test('the content security policy was never broken', () => assert.deepEqual(office.complaints, []));
