// The spreadsheet of a list with a hundred thousand rows, in Chromium, beside what a bare table of the same rows
// costs there: tools/node.sh node bench/sheet.mjs;  ROWS=100000;  CRISALIDE=build/crisalide.
// "busy" is the time the page's own thread worked for one of them: a machine with others on it tells the same.
import { startProgram } from '../web/test/program.mjs';
import { both, cpuOf, keysTaken, ms, printed, storedAfter, watched } from './page.mjs';

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
const row = (...cells) => table.push(cells);

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
  const before = cpuOf(program.pid);
  const from = Date.now();
  const local = await page.evaluate(async () => {
    const text = Array.from({ length: 1000 }, (_, r) =>
      Array.from({ length: 20 }, (_, c) => `v${r}.${c}`).join('\t'),
    ).join('\n');
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const start = performance.now();
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
    return (await window.painted()) - start;
  });
  await saved;
  return { local, saved: Date.now() - from, server: cpuOf(program.pid) - before };
}
/** The same rows as one table of the page: made, one cell changed, filtered, a thousand rows changed. */
async function bare(page, n) {
  await page.goto(`${base}/robots.txt`);
  await page.setContent('<div id="o" style="height:800px;overflow:auto"></div>');
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
  const { busy } = await watched(page);
  await signIn(page);
  await visit(page, '/settings');
  const small = await fill(page, Math.min(10_000, rows));
  const large = await fill(page, rows);
  const plain = await openPage();
  await watched(plain);
  const b = await bare(plain, Math.min(10_000, rows));
  await plain.context().close();

  await open(page, small, Math.min(10_000, rows));
  await filtered(page, 'rom');
  await filtered(page, '');
  const typed = ['r', 'ro', 'rom', 'pav', 'c'];
  const each = async (texts) => {
    const all = [];
    for (const t of texts) all.push(await filtered(page, t));
    return all;
  };
  const [f10, f10Busy] = await busy(() => each(typed), typed.length);
  const [opened, openBusy] = await busy(() => open(page, large, rows));
  await page.locator('.slick-cell[id$="-3-1"]').click();
  const steps = [
    ...Array(40).fill('ArrowDown'),
    ...Array(6).fill('ArrowRight'),
    ...Array(6).fill('PageDown'),
    ...Array(6).fill('ArrowLeft'),
  ];
  const [arrows, arrowBusy] = await busy(() => keysTaken(page, steps), steps.length);
  const letters = Array(15).fill(['x', 'Enter']).flat();
  const typing = () => storedAfter(page, () => keysTaken(page, letters));
  const [[edits, stored], editBusy] = await busy(typing, letters.length);
  const [f100, f100Busy] = await busy(() => each([...typed, '']), typed.length + 1);
  const [p, pasteBusy] = await busy(() => paste(page));

  row('first rows on the screen', '500 ms', ms(opened.first), '-', ms(b.open));
  row('all rows here, in the background', '-', ms(opened.all), ms(openBusy), '-');
  row('longest pause meanwhile', '-', ms(opened.long), '-', ms(b.open));
  row('arrow or page key', '16-33 ms', both(arrows), ms(arrowBusy), '-');
  row('a cell typed, painted', '16-33 ms', both(edits), ms(editBusy), ms(b.edit));
  row('the same, stored', '50 ms', both(stored), '-', '-');
  row('filter, 10,000 rows', '50 ms', both(f10), ms(f10Busy), ms(b.filter));
  row(`filter, ${rows.toLocaleString('en')} rows, 80 ms of waiting in it`, '200 ms', both(f100), ms(f100Busy), '-');
  row('paste of 1,000 x 20, painted', '100 ms', ms(p.local), '-', ms(b.paste));
  row('the same, saved', '1 s', ms(p.saved), `${ms(pasteBusy)}; server ${ms(p.server)}`, '-');
  printed(`A sheet of ${rows.toLocaleString('en')} rows; bare: a table of 10,000 rows in one page`, table);
} finally {
  await closeBrowser();
  program.stop(false);
}
