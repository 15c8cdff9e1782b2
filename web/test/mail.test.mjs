import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
  ask,
  base,
  desk,
  email,
  newLead,
  openPage,
  password,
  settled,
  toast,
  unique,
  visit,
} from './office.mjs';
import { startSink } from './program.mjs';

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

  test('messages out are listed with what failed, why, and a way to try again', async (context) => {
    const sink = await startSink();
    context.after(sink.stop);
    const people = ['never', 'cutafter', 'bene'];
    const name = unique('Posta');
    for (const who of people) {
      const lead = await ask(page, 'POST', 'leads', {
        last_name: `${who} ${name}`,
        email: `${who}@${sink.domain}`,
        city: name,
      });
      await ask(page, 'POST', 'consents', { lead_id: lead.id });
    }
    const segment = await ask(page, 'POST', 'segments', { name, query: `city=${encodeURIComponent(name)}` });
    const campaign = await ask(page, 'POST', 'campaigns', {
      name,
      segment_id: segment.id,
      subject: name,
      body: 'Ciao',
    });
    await ask(page, 'PATCH', 'settings', {
      smtp_host: '127.0.0.1',
      smtp_port: sink.port,
      smtp_security: 'none',
      mail_from: 'crm@example.it',
      base_url: base,
    });
    await ask(page, 'POST', `campaigns/${campaign.id}/send`, {});
    await visit(page, '/settings/outbox');
    const line = (who) => page.locator('[data-mail]', { hasText: `${who}@${sink.domain}` });
    await line('bene').getByText('Inviata').waitFor();
    await line('never').getByText('550 5.1.1 no such user').waitFor();
    await line('never').getByText('Abbandonata').waitFor();
    await line('cutafter').getByText('In dubbio').waitFor();
    assert.equal(await line('bene').locator('button').count(), 0);
    await page.getByRole('button', { name: 'Fallite e in dubbio' }).click();
    await line('bene').waitFor({ state: 'detached' });
    await line('cutafter').getByRole('button', { name: 'Invia di nuovo' }).click();
    await toast(page, 'rimessa in coda');
    await line('cutafter').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Tutte' }).click();
    await line('cutafter').getByText('Inviata').waitFor();
    assert.equal(sink.taken(), 3);
    await line('never').getByRole('button', { name: 'Riprova' }).click();
    await toast(page, 'rimessa in coda');
    await ask(page, 'PATCH', 'settings', { smtp_host: null });
  });
});
