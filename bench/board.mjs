// The board of five thousand cards, in Chromium: tools/node.sh node bench/board.mjs;  CARDS=5000.
// CRISALIDE=build/crisalide.  Beside it what the same cards cost as bare boxes of one page, all of them drawn.
import { startProgram } from '../web/test/program.mjs';
import { both, cpuOf, keysTaken, ms, printed, watched } from './page.mjs';

const cards = Number(process.env.CARDS ?? 5000);
const program = await startProgram();
Object.assign(process.env, program.env);
const { ask, base, closeBrowser, openPage, settled, signIn } = await import('../web/test/office.mjs');
const table = [];
const row = (...cells) => table.push(cells);
const named = (i) => `Greco ${i}`;

/** Leads over all the steps, by the door that files come in through. */
async function fill(page, meta) {
  const steps = meta.lead_statuses.filter((s) => s.active && s.type === 'open');
  const csv = Array.from({ length: cards }, (_, i) =>
    ['Paolo', named(i), `Alpi Energia ${i} Srl`, `p${i}@example.it`, steps[i % steps.length].name].join(';'),
  );
  const res = await page.request.post(`${base}/api/v1/imports?entity=leads&name=leads.csv&run=true`, {
    headers: { origin: base, 'content-type': 'text/csv' },
    data: `Nome;Cognome;Azienda;E-mail;Stato\n${csv.join('\n')}\n`,
  });
  let job = await res.json();
  while (job.state === 'running') {
    await new Promise((r) => setTimeout(r, 200));
    job = await ask(page, 'GET', `imports/${job.id}`);
  }
  if (job.progress?.created !== cards) throw new Error(JSON.stringify(job).slice(0, 400));
  return steps;
}
/** From a click on a link of the navigation to the board's first painted cards. */
const shown = (page) =>
  page.evaluate(async () => {
    const from = performance.now();
    document.querySelector('nav a[href="/pipeline"]').click();
    while (!document.querySelector('[data-card]')) await new Promise(requestAnimationFrame);
    return (await window.painted()) - from;
  });
const away = async (page) => {
  await page.evaluate(() => document.querySelector('nav a[href="/figures"]').click());
  await page.waitForSelector('[data-card]', { state: 'detached' });
  await settled(page);
};
/** A screenful at a time, from the top of a column to its end. */
const scrolled = (page) =>
  page.evaluate(async () => {
    const list = document.querySelector('[data-column] .cards');
    const times = [];
    for (let y = 0; y < list.scrollHeight && times.length < 60; y += list.clientHeight) {
      const from = performance.now();
      list.scrollTop = y;
      times.push((await window.painted()) - from);
    }
    return times;
  });
/** A finger's breadth of dragging, again and again: from the move of the mouse to the frame that shows it. */
async function dragged(page, steps) {
  const from = await page.locator(`[data-column="lead:${steps[0].id}"] .slot`).first().boundingBox();
  const to = await page.locator(`[data-column="lead:${steps[1].id}"] .cards`).boundingBox();
  await page.mouse.move(from.x + 40, from.y + 40);
  await page.mouse.down();
  const times = [];
  for (let i = 1; i <= 30; i++) {
    const at = { x: from.x + 40 + ((to.x - from.x + 60) * i) / 30, y: from.y + 40 + i * 3 };
    const painted = page.evaluate(
      () =>
        new Promise((done) =>
          window.addEventListener(
            'mousemove',
            (e) => void window.painted().then((end) => done(end - e.timeStamp)),
            { once: true, capture: true },
          ),
        ),
    );
    await page.mouse.move(at.x, at.y);
    times.push(await painted);
  }
  await page.evaluate(() => {
    window.addEventListener('mouseup', (e) => {
      window.letGo = e.timeStamp;
      void window.painted().then((end) => (window.putDown = end));
    });
    new PerformanceObserver((l) => {
      for (const e of l.getEntries()) if (e.name.endsWith('/move')) window.moved = e.responseEnd;
    }).observe({ type: 'resource' });
  });
  await page.mouse.up();
  await page.waitForFunction(() => window.moved);
  const [dropped, stored] = await page.evaluate(() => [
    window.putDown - window.letGo,
    window.moved - window.letGo,
  ]);
  return { times, dropped, stored };
}
const bare = (page) =>
  page.evaluate(async (n) => {
    document.body.innerHTML = '<div style="height:800px;overflow:auto"></div>';
    const from = performance.now();
    document.body.firstChild.innerHTML = Array.from(
      { length: n },
      (_, i) => `<div style="height:82px"><a href="#">Paolo Greco ${i}</a><p>Alpi Energia ${i} Srl</p></div>`,
    ).join('');
    return (await window.painted()) - from;
  }, cards);
try {
  const page = await openPage();
  const { busy } = await watched(page);
  const meta = await signIn(page);
  const steps = await fill(page, meta);
  const server = cpuOf(program.pid);
  const from = Date.now();
  await page.goto(`${base}/pipeline`, { waitUntil: 'commit' });
  await page.waitForSelector('[data-card]');
  const cold = Date.now() - from;
  await settled(page);
  const asked = cpuOf(program.pid) - server;
  const drawn = await page.locator('[data-card]').count();
  const switches = [];
  let switchBusy = 0;
  for (let i = 0; i < 6; i++) {
    await away(page);
    const [time, worked] = await busy(() => shown(page));
    if (i) switches.push(time); // the first one loads what is not there yet
    if (i) switchBusy += worked / 5;
  }
  await settled(page);
  await page.locator('[data-card]').first().focus();
  const keys = [...Array(20).fill('ArrowDown'), ...Array(5).fill(['ArrowRight', 'ArrowLeft']).flat()];
  const [walked, walkBusy] = await busy(() => keysTaken(page, keys), keys.length);
  const [moves, moveBusy] = await busy(() => keysTaken(page, Array(6).fill('Shift+ArrowRight')), 6);
  await settled(page);
  const [scrolls, scrollBusy] = await busy(() => scrolled(page));
  await page.evaluate(() => document.querySelectorAll('.cards').forEach((c) => (c.scrollTop = 0)));
  const [drag, dragBusy] = await busy(() => dragged(page, steps), 30);
  await settled(page);
  row('cold start', '500 ms', ms(cold), `server ${ms(asked)}`, ms(await bare(await blank())));
  row('the board again, from another screen', '100 ms', both(switches), ms(switchBusy), '-');
  row('arrow from card to card', '16-33 ms', both(walked), ms(walkBusy), '-');
  row('a card moved by keys', '16-33 ms', both(moves), ms(moveBusy), '-');
  row('a screenful scrolled', '16-33 ms', both(scrolls), ms(scrollBusy / scrolls.length), '-');
  row('a card dragged, each move of the mouse', '16-33 ms', both(drag.times), ms(dragBusy), '-');
  row('dropped, painted', '16-33 ms', ms(drag.dropped), '-', '-');
  row('the same, stored', '50 ms', ms(drag.stored), '-', '-');
  printed(`A board of ${cards.toLocaleString('en')} cards, ${drawn} of them drawn at first`, table);
} finally {
  await closeBrowser();
  program.stop(false);
}
async function blank() {
  const page = await openPage();
  await watched(page);
  await page.goto(`${base}/robots.txt`);
  return page;
}
