import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { base, email, openOffice, password, ask } from './office.mjs';

let office;
before(async () => (office = await openOffice()));
after(() => office.close());

test('a wrong password is refused in words, by the field', async () => {
  const { page } = office;
  await page.goto(base);
  await page.fill('#email', email);
  await page.fill('#password', 'not this one');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#refusal:not(:empty)');
  assert.equal(await page.getAttribute('#password', 'aria-invalid'), 'true');
});

test('the right one opens the to-do list, by keyboard alone', async () => {
  const { page } = office;
  await page.goto(base);
  await page.waitForSelector('#email:focus');
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav.side');
  assert.equal(new URL(page.url()).pathname, '/');
});

test('signing out leads back to the door', async () => {
  const { page } = office;
  await ask(page, 'DELETE', 'session');
  await page.reload();
  await page.waitForSelector('#password');
  assert.deepEqual(office.complaints, []);
});
