// A browser at a desk: signed in, its complaints written down, records made through the doors.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const base = process.env.BASE;
export const email = process.env.EMAIL ?? 'laura@crisalide.example';
export const password = process.env.PASSWORD ?? 'crisalide';
const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export async function openOffice(options = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'crisalide-web-'));
  const browser = await chromium.launchPersistentContext(dir, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags.split(' '),
    viewport: { width: 1440, height: 900 },
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
    ...options,
  });
  const page = browser.pages()[0] ?? (await browser.newPage());
  page.setDefaultTimeout(8000);
  const complaints = [];
  page.on('console', (m) => {
    if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) complaints.push(m.text());
  });
  page.on('pageerror', (e) => complaints.push(e.message));
  const close = async () => {
    await browser.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { browser, page, complaints, close };
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
export async function signIn(page, lang = 'it') {
  await ask(page, 'POST', 'session', { email, password });
  const meta = await ask(page, 'GET', 'meta');
  await ask(page, 'PATCH', `users/${meta.me.id}`, { lang, theme: 'auto' });
  return meta;
}
export async function visit(page, path) {
  await page.goto(base + path);
  await page.waitForSelector('header.bar h1, form');
  await page.waitForLoadState('networkidle').catch(() => undefined);
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
