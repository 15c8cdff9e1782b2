// One browser for all tests, its complaints written down; records made through the doors.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

export const base = process.env.BASE;
export const email = process.env.EMAIL ?? 'laura@crisalide.example';
export const password = process.env.PASSWORD ?? 'crisalide';
export const complaints = [];
const flags = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-component-update';
const patience = 60_000;
const asked = new WeakMap();
let browser;

/** A page of a context of its own: nobody is signed in. */
export async function openPage(options = {}) {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags.split(' '),
  });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  page.on('console', (m) => {
    if (m.type() === 'error' && !/status of [45]\d\d|ERR_INTERNET_DISCONNECTED/.test(m.text()))
      complaints.push(m.text());
  });
  page.on('pageerror', (e) => complaints.push(e.stack ?? e.message));
  const open = new Set();
  asked.set(page, open);
  page.on('request', (r) => !r.url().endsWith('/events') && open.add(r));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (r) => open.delete(r));
  return page;
}
export const closeBrowser = () => browser?.close();

let shared;
/** The desk most tests work at: one page, signed in, in Italian. */
export async function desk() {
  shared ??= await openPage();
  await shared.setViewportSize({ width: 1440, height: 900 });
  return { page: shared, meta: await signIn(shared) };
}
/** Ask a door as the signed-in user. */
export async function ask(page, method, path, data) {
  const res = await page.request.fetch(`${base}/api/v1/${path}`, {
    method,
    headers: { origin: base, 'content-type': 'application/json', 'accept-language': 'it' },
    ...(data === undefined ? {} : { data }),
  });
  const body = await res.json().catch(() => null);
  assert.ok(res.ok(), `${method} ${path}: ${res.status()} ${JSON.stringify(body)}`);
  return body;
}
const entered = new WeakSet();
export async function signIn(page, lang = 'it') {
  if (!entered.has(page)) await ask(page, 'POST', 'session', { email, password });
  entered.add(page);
  const meta = await ask(page, 'GET', 'meta');
  await ask(page, 'PATCH', `users/${meta.me.id}`, { lang, theme: 'auto' });
  return meta;
}
/** Until the page shows a screen, asks for nothing and has painted. */
export async function settled(page) {
  const end = Date.now() + patience;
  for (let quiet = 0; quiet < 2;) {
    assert.ok(Date.now() < end, `still asking: ${[...asked.get(page)].map((r) => r.url())}`);
    const drawn = await page
      .evaluate(async () => {
        await new Promise((r) => {
          requestAnimationFrame(() => requestAnimationFrame(r));
          setTimeout(r, 100);
        });
        return !!document.querySelector('header.bar h1, form');
      })
      .catch(() => false);
    quiet = drawn && !asked.get(page).size ? quiet + 1 : 0;
  }
}
/** Until a door answers so: what waitForFunction cannot say, as it takes a promise for true. */
export async function until(page, path, holds) {
  for (const end = Date.now() + patience; ; await new Promise((r) => setTimeout(r, 50))) {
    const body = await ask(page, 'GET', path);
    if (holds(body)) return body;
    assert.ok(Date.now() < end, `${path} stays ${JSON.stringify(body)}`);
  }
}
/** Load a place anew. */
export async function visit(page, path) {
  await page.goto(base + path, { waitUntil: 'domcontentloaded' });
  await settled(page);
}
/** Go to a place as a link does, without loading the page. */
export async function walk(page, path) {
  await page.evaluate((to) => {
    const a = document.createElement('a');
    a.href = to;
    document.body.append(a);
    a.click();
    a.remove();
  }, path);
  await settled(page);
}
let made = 0;
const stamp = Date.now().toString(36);
/** A new lead nobody else has, by the doors. */
export function newLead(page, more = {}) {
  const n = ++made;
  return ask(page, 'POST', 'leads', {
    first_name: 'Prova',
    last_name: `Lead ${stamp} ${n}`,
    company_name: `Ditta ${stamp}${n} Srl`,
    email: `prova.${stamp}.${n}@example.it`,
    ...more,
  });
}
export const unique = (name) => `${name} ${stamp}${++made}`;
export const toast = (page, text) => page.locator('.toast', { hasText: text }).first().waitFor();
