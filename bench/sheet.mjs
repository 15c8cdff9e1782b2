// The spreadsheet of a list with a hundred thousand rows, in Chromium, beside what a bare table of the same rows
// costs there: tools/node.sh node bench/sheet.mjs;  ROWS=100000;  CRISALIDE=build/crisalide.
import { startProgram } from '../web/test/program.mjs';

const rows = Number(process.env.ROWS ?? 100_000);
const program = await startProgram();
Object.assign(process.env, program.env);
const { ask, base, closeBrowser, openPage, signIn, visit } = await import('../web/test/office.mjs');
const cities = ['Verona', 'Roma', 'Torino', 'Firenze', 'Bologna', 'Bari', 'Pavia', 'Cremona'];
const rowOf = (i) => ({
  company_name: `Alpi Energia ${i} Srl`,
  first_name: ['Paolo', 'Marco', 'Elena', 'Davide'][i % 4],
  last_name: `${['Greco', 'Conti', 'Bruno', 'Rossi'][i % 4]} ${i % 4999}`,
  email: `p${i}@example.it`,
  phone: `+39 02 ${3_000_000 + i}`,
  city: cities[i % cities.length],
  employees: String((i * 7) % 500),
  turnover: String((i * 7919) % 9_000_000),
});
const table = [];
const row = (name, budget, sheet, bare) => table.push([name, budget, sheet, bare]);
const ms = (n) => (n === null ? '-' : `${n.toFixed(n < 10 ? 1 : 0)} ms`);
const at = (list, q) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];
const both = (list) => `${ms(at(list, 0.5))}, p95 ${ms(at(list, 0.95))}`;

async function fill(page, n) {
  const list = await ask(page, 'POST', 'prospect-lists', {
    name: `Lista di ${n}`,
  });
  const began = Date.now();
  for (let i = 0; i < n; i += 5000) {
    const add = Array.from({ length: Math.min(5000, n - i) }, (_, k) => ({
      values: rowOf(i + k),
    }));
    await ask(page, 'POST', `prospect-lists/${list.id}/cells`, { add });
  }
  console.error(`filled ${n} rows in ${Date.now() - began} ms`);
  return list;
}
/** In the page: how long from an event to the frame after what it changed. */
function watch() {
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const c = new MessageChannel();
        c.port1.onmessage = () => done(performance.now());
        c.port2.postMessage(0);
      });
    });
  window.times = [];
  window.timing = false;
  window.painted = painted;
  window.addEventListener(
    'keydown',
    (e) => {
      const from = e.timeStamp;
      if (window.timing) void painted().then((to) => window.times.push(to - from));
    },
    true,
  );
  window.long = 0;
  new PerformanceObserver((l) => {
    for (const e of l.getEntries()) window.long = Math.max(window.long, e.duration);
  }).observe({ type: 'longtask', buffered: true });
}
async function keysTaken(page, keys) {
  await page.evaluate(() => {
    window.times = [];
    window.timing = true;
  });
  for (const k of keys) await page.keyboard.press(k);
  await page.waitForFunction((n) => window.times.length >= n, keys.length);
  return page.evaluate(() => {
    window.timing = false;
    return window.times;
  });
}
/** From an input event in a filter to the painted result. */
const filtered = (page, text) =>
  page.evaluate(async (t) => {
    const field = document.querySelector('[data-filter=city]');
    const grid = document.querySelector('[role=grid]');
    const changed = new Promise((done) => {
      const o = new MutationObserver(() => {
        o.disconnect();
        done();
      });
      o.observe(grid, { attributeFilter: ['aria-rowcount'] });
    });
    const from = performance.now();
    field.value = t;
    field.dispatchEvent(new Event('input'));
    await changed;
    return (await window.painted()) - from;
  }, text);
async function open(page, list, n) {
  await page.addInitScript(watch);
  const from = Date.now();
  await page.goto(`${base}/prospect-lists/${list.id}`, { waitUntil: 'commit' });
  await page.waitForSelector('.sheet .slick-row');
  const first = Date.now() - from;
  await page.waitForFunction(
    (all) => Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) > all,
    n,
    { timeout: 120_000, polling: 50 },
  );
  return {
    first,
    all: Date.now() - from,
    long: await page.evaluate(() => window.long),
  };
}
async function paste(page) {
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowRight');
  const saved = page.waitForResponse((r) => r.url().endsWith('/cells') && r.request().method() === 'POST');
  const from = Date.now();
  const local = await page.evaluate(async () => {
    const text = Array.from({ length: 1000 }, (_, r) =>
      Array.from({ length: 20 }, (_, c) => `v${r}.${c}`).join('\t'),
    ).join('\n');
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const start = performance.now();
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', {
        clipboardData: data,
        bubbles: true,
        cancelable: true,
      }),
    );
    return (await window.painted()) - start;
  });
  await saved;
  return { local, saved: Date.now() - from };
}
/** The same rows as one table of the page: made, one cell changed, filtered, a thousand rows changed. */
async function bare(page, n) {
  await page.goto('about:blank');
  await page.setContent('<div id="o" style="height:800px;overflow:auto"></div>');
  await page.evaluate(watch);
  const made = Array.from({ length: n }, (_, i) => Object.values(rowOf(i)));
  return page.evaluate(async (all) => {
    const timed = async (run) => {
      const from = performance.now();
      run();
      return (await window.painted()) - from;
    };
    const o = document.getElementById('o');
    const html = `<table>${all.map((r) => `<tr>${r.map((c) => `<td>${c}</td>`).join('')}</tr>`).join('')}</table>`;
    const open = await timed(() => (o.innerHTML = html));
    const { rows } = o.firstChild;
    const edit = await timed(() => (rows[3].cells[1].textContent = 'Ciao'));
    const filter = await timed(() => {
      for (const r of rows) r.hidden = !r.cells[5].textContent.toLowerCase().includes('rom');
    });
    for (const r of rows) r.hidden = false;
    const paste = await timed(() => {
      for (let r = 0; r < 1000; r++) for (const c of rows[r].cells) c.textContent = `v${r}`;
    });
    return { open, edit, filter, paste };
  }, made);
}
try {
  const page = await openPage();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base });
  await signIn(page);
  await visit(page, '/settings');
  const small = await fill(page, Math.min(10_000, rows));
  const large = await fill(page, rows);
  const plain = await openPage();
  const b = await bare(plain, rows);
  const bSmall = await bare(plain, Math.min(10_000, rows));
  await plain.context().close();

  await open(page, small, 10_000);
  await filtered(page, 'rom');
  await filtered(page, '');
  const f10 = [];
  for (const t of ['r', 'ro', 'rom', 'pav', 'c']) f10.push(await filtered(page, t));
  const opened = await open(page, large, rows);
  await page.locator('.slick-cell[id$="-3-1"]').click();
  const arrows = await keysTaken(page, [
    ...Array(40).fill('ArrowDown'),
    ...Array(6).fill('ArrowRight'),
    ...Array(6).fill('PageDown'),
    ...Array(6).fill('ArrowLeft'),
  ]);
  const edits = [];
  for (let i = 0; i < 15; i++) edits.push(...(await keysTaken(page, ['x', 'Enter'])));
  const f100 = [];
  for (const t of ['r', 'ro', 'rom', 'pav', 'c', '']) f100.push(await filtered(page, t));
  const p = await paste(page);

  row('first rows on the screen', '-', ms(opened.first), ms(b.open));
  row('all rows here, in the background', '-', ms(opened.all), '-');
  row('longest pause meanwhile', '-', ms(opened.long), ms(b.open));
  row('arrow or page key, painted', '16-33 ms', both(arrows), '-');
  row('a cell typed and stored, painted', '16-33 ms', both(edits), ms(b.edit));
  row('filter, 10,000 rows', '50 ms', both(f10), ms(bSmall.filter));
  row(
    `filter, ${rows.toLocaleString('en')} rows, 80 ms of waiting in it`,
    '200 ms',
    both(f100),
    ms(b.filter),
  );
  row('paste of 1,000 x 20, painted', '100 ms', ms(p.local), ms(b.paste));
  row('the same, saved', '1 s', ms(p.saved), '-');
  console.log(`| ${rows.toLocaleString('en')} rows | budget | sheet | bare table |\n|---|---|---|---|`);
  for (const r of table) console.log(`| ${r.join(' | ')} |`);
} finally {
  await closeBrowser();
  program.stop(false);
}
