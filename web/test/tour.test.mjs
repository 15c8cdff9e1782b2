// The tour in a real firm: offered to who is new, at home, and taken or not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ask, base, desk, openPage, password, settled, unique } from './office.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

describe('the tour for who is new', { timeout: 900_000 }, () => {
  let phone, list;
  before(async () => {
    const { page } = await desk();
    const roles = await ask(page, 'GET', 'roles');
    const user = await ask(page, 'POST', 'users', {
      name: 'Nuova Arrivata',
      email: `${unique('nuova').replace(' ', '')}@example.it`,
      role_id: roles.items.find((r) => r.name_en === 'Sales').id,
    });
    await ask(page, 'POST', `users/${user.id}/password`, { password });
    phone = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await ask(phone, 'POST', 'session', { email: user.email, password });
    list = await ask(phone, 'POST', 'prospect-lists', { name: 'Fiera di Lodi' });
    await ask(phone, 'POST', `prospect-lists/${list.id}/cells`, {
      add: [{ values: { last_name: 'Testa', company_name: 'Testa srl', phone: '02 1234567' } }],
    });
    await phone.goto(base, { waitUntil: 'domcontentloaded' });
    await settled(phone);
  });
  after(() => phone?.context().close());

  const card = () => phone.locator('aside.tour');
  async function isAccessible() {
    await phone.evaluate(axe);
    for (const theme of ['light', 'dark']) {
      await phone.emulateMedia({ colorScheme: theme });
      await settled(phone);
      const found = await phone.evaluate(() => window.axe.run('aside.tour', { resultTypes: ['violations'] }));
      assert.deepEqual(
        found.violations.map((v) => `${theme} ${v.id} ${v.nodes[0]?.target}`),
        [],
      );
    }
    await phone.emulateMedia({ colorScheme: 'light' });
    await settled(phone);
  }

  test('S5.46 it is offered at home, and only there', async () => {
    await card().getByText('Nuovo qui?').waitFor();
    await isAccessible();
    await phone.locator('a[href="/pipeline"]:visible').tap();
    await phone.waitForURL('**/pipeline');
    await settled(phone);
    assert.equal(await card().count(), 0);
    await phone.locator('nav a[href="/"]:visible').tap();
  });

  test('S5.46 taken, it leads by thumb from a row of a list to a customer', async () => {
    const go = async (step) => {
      await card().getByRole('button', { name: 'Prossimo passo' }).tap();
      await phone.locator(`[data-step=${step}]`).tap();
    };
    const done = (n) =>
      card()
        .locator(`li.done >> nth=${n - 1}`)
        .waitFor({ state: 'attached' });
    await card().getByRole('button', { name: 'Comincia' }).tap();
    await card().getByText('Fiera di Lodi').waitFor();
    await isAccessible();
    await go('prospect');
    await done(1);
    await go('action');
    await phone.locator('dialog .when button').nth(1).tap();
    await done(2);
    await go('qualify');
    await phone.locator('dialog .choices label.qualified').first().tap();
    await phone.getByRole('button', { name: 'Concludi soltanto' }).tap();
    await done(3);
    await go('convert');
    await phone.waitForSelector('dialog [role=tablist]');
    await phone.locator('dialog footer button.primary').tap();
    await done(4);
    await phone.waitForURL('**/opportunities/*');
    await go('win');
    await phone.fill('dialog #amount', '900');
    await phone.locator('dialog footer button.primary').tap();
    await card().getByText('importa un elenco').waitFor();
    await isAccessible();
    await card().getByRole('button', { name: 'Metti via il giro' }).tap();
    await card().waitFor({ state: 'detached' });
  });
});
