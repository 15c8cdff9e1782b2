import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, base, email, openPage, password } from './office.mjs';

describe('sign-in', { timeout: 900_000 }, () => {
  let page;
  before(async () => (page = await openPage()));
  after(() => page.context().close());

  test('a wrong password is refused in words, by the field', async () => {
    await page.goto(base);
    await page.fill('#email', email);
    await page.fill('#password', 'not this one');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#refusal:not(:empty)');
    assert.equal(await page.getAttribute('#password', 'aria-invalid'), 'true');
  });

  test('the right one opens the to-do list, by keyboard alone', async () => {
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
    await ask(page, 'DELETE', 'session');
    await page.reload();
    await page.waitForSelector('#password');
  });
});
