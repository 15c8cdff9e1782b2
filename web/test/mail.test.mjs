import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, base, desk, email, newLead, openPage, password, settled, toast, visit } from './office.mjs';

const dialog = 'dialog h2';

describe('mail', { timeout: 900_000 }, () => {
  let page, late;
  before(async () => {
    ({ page } = await desk());
    ({
      items: [late],
    } = await ask(page, 'GET', 'leads?expired=true&limit=1'));
  });

  test('S4.18 an expired lead says so in lists, on its card and on its bar', async () => {
    await visit(page, '/leads?expired=true');
    await page.locator('tbody tr', { hasText: late.title }).locator('.tag.bad svg').first().waitFor();
    await visit(page, `/leads/${late.id}`);
    await page.locator('li.current.over', { hasText: 'Scaduto il' }).waitFor();
    await visit(page, '/pipeline');
    await page.getByText('Scaduto il').first().waitFor({ state: 'attached' });
    const fresh = await newLead(page);
    await visit(page, `/leads/${fresh.id}`);
    assert.equal(await page.locator('li.over').count(), 0);
  });

  test('S4.26 the link of the morning mail opens the dialog of the next action, once', async () => {
    await visit(page, `/leads/${late.id}?do=next-action`);
    await page.locator(dialog, { hasText: late.title }).waitFor();
    assert.equal(new URL(page.url()).search, '');
    await page.keyboard.press('2');
    await toast(page, late.title);
    const saved = await ask(page, 'GET', `leads/${late.id}`);
    assert.equal(saved.agenda, 'standby');
    await visit(page, `/leads/${late.id}`);
    assert.equal(await page.locator(dialog).count(), 0);
  });

  test('S4.26 the link asks to sign in first, and then opens the dialog', async () => {
    const other = await openPage();
    await visit(other, `/leads/${late.id}?do=next-action`);
    await other.fill('input[type=email]', email);
    await other.fill('input[type=password]', password);
    await other.keyboard.press('Enter');
    await other.locator(dialog, { hasText: late.title }).waitFor();
    await other.context().close();
  });

  test('S4.26 everybody settles hour, zone and switch of his morning mail', async () => {
    await visit(page, '/settings');
    await page.getByLabel('Alle').selectOption('20');
    await toast(page, 'Salvato');
    await page.getByLabel('Fuso orario').fill('Europe/Atlantis');
    await page.getByLabel('Fuso orario').press('Enter');
    await page.locator('#zone-e', { hasText: 'Europe/Rome' }).waitFor();
    await page.getByLabel('Fuso orario').fill('Europe/London');
    await page.getByLabel('Fuso orario').press('Enter');
    await page.waitForFunction(() => !document.querySelector('#zone-e')?.textContent);
    await page.getByLabel('Mandami ogni giorno').uncheck();
    await page.getByLabel('Alle').waitFor({ state: 'detached' });
    const { me } = await ask(page, 'GET', 'meta');
    assert.deepEqual([me.digest, me.digest_hour, me.time_zone], [false, 20, 'Europe/London']);
    await ask(page, 'PATCH', `users/${me.id}`, { digest: true, digest_hour: 7, time_zone: null });
  });

  test('S4.26 the mail server is set up, its password never shown, a trial told in its words', async () => {
    await ask(page, 'PATCH', 'settings', { smtp_host: null });
    await visit(page, '/settings');
    await page.getByRole('link', { name: 'Posta', exact: true }).click();
    await settled(page);
    const field = page.locator('[data-inline="smtp_host"]');
    await field.locator('button.value').click();
    await field.locator('input').fill('no spaces here');
    await field.locator('input').press('Enter');
    await field.locator('.error').waitFor();
    await field.locator('input').fill('127.0.0.1');
    await field.locator('input').press('Enter');
    await toast(page, 'Server SMTP');
    await ask(page, 'PATCH', 'settings', {
      smtp_port: 1,
      smtp_security: 'none',
      mail_from: 'crm@example.it',
    });
    await page.getByLabel('Password SMTP').fill('segreta');
    await page.getByLabel('Password SMTP').press('Enter');
    await toast(page, 'Password SMTP conservata');
    await page.getByText('È impostata e sigillata').waitFor();
    assert.ok(!(await page.content()).includes('segreta'));
    await page.getByRole('button', { name: 'Invia' }).click();
    await page.locator('#trial-e', { hasText: 'non risponde' }).waitFor();
    await page.getByRole('button', { name: 'Dimentica' }).click();
    await page.getByText('Non è impostata.').waitFor();
    await ask(page, 'PATCH', 'settings', { smtp_host: null });
  });

  test('messages out are listed with what failed, why, and a way to try again', async () => {
    const mail = (id, state, more = {}) => ({
      id,
      state,
      purpose: 'digest',
      to: 'anna@example.it',
      subject: `Lead scaduti: ${id}`,
      tries: 1,
      created_at: '2026-01-05T06:00:00Z',
      next_at: null,
      sent_at: null,
      text: null,
      ...more,
    });
    const items = [
      mail(3, 'given_up', { text: 'il server ha risposto: 550 no such user', tries: 3 }),
      mail(2, 'waiting'),
      mail(1, 'sent', { sent_at: '2026-01-05T06:00:01Z' }),
    ];
    const asked = [];
    await page.route('**/api/v1/mails**', (route) => {
      const url = new URL(route.request().url());
      asked.push(`${route.request().method()} ${url.pathname}${url.searchParams.get('state') ?? ''}`);
      if (route.request().method() === 'POST')
        return route.fulfill({ json: Object.assign(items[0], { state: 'waiting' }) });
      return route.fulfill({ json: { items, next: null } });
    });
    await page.goto(`${base}/settings/outbox`);
    const failed = page.locator('[data-mail="3"]');
    await failed.getByText('550 no such user').waitFor();
    await failed.getByText('3 tentativi').waitFor();
    assert.equal(await page.locator('[data-mail] button').count(), 1);
    await page.getByRole('button', { name: 'Fallite' }).click();
    await failed.getByRole('button').click();
    await failed.getByText('In attesa').waitFor();
    assert.ok(asked.includes('POST /api/v1/mails/3/retry'));
    assert.ok(asked.includes('GET /api/v1/mailsfailed,given_up'));
    await page.unroute('**/api/v1/mails**');
  });
});
