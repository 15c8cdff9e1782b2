// What both benches of the screens measure with: from an event to the frame after what it changed, and how long the
// page's own thread worked for it, which a machine with others on it tells alike.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';

export const ms = (n) => (n === null || n === undefined ? '-' : `${n.toFixed(n < 10 ? 1 : 0)} ms`);
const at = (list, q) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];
export const both = (list) => `${ms(at(list, 0.5))}, p95 ${ms(at(list, 0.95))}`;

/** In the page, before anything else: `painted()` is when the next frame stands; keys are timed on demand. */
function watch() {
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const c = new MessageChannel();
        c.port1.onmessage = () => done(performance.now());
        c.port2.postMessage(0);
      });
    });
  Object.assign(window, { painted, times: [], timing: false, long: 0 });
  window.addEventListener(
    'keydown',
    (e) => {
      const from = e.timeStamp;
      if (window.timing) void painted().then((to) => window.times.push(to - from));
    },
    true,
  );
  new PerformanceObserver((l) => {
    for (const e of l.getEntries()) window.long = Math.max(window.long, e.duration);
  }).observe({ type: 'longtask', buffered: true });
}
export async function watched(page) {
  await page.addInitScript(watch);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find((m) => m.name === 'TaskDuration').value * 1000;
  };
  /** How long the page's thread works while that runs, for each of `n`. */
  const busy = async (run, n = 1) => {
    const before = await worked();
    const answer = await run();
    return [answer, ((await worked()) - before) / n];
  };
  return { busy, cdp };
}
const repeats = 33; // a key held down repeats thirty times a second, and nobody types faster
/** Keys at that pace. Sent without a pause they would measure the browser, which paints after the last of them. */
export async function keysTaken(page, keys) {
  await page.evaluate(() => Object.assign(window, { times: [], timing: true }));
  for (const k of keys) {
    const next = new Promise((r) => setTimeout(r, repeats));
    await page.keyboard.press(k);
    await next;
  }
  await page.waitForFunction((n) => window.times.length >= n, keys.length);
  return page.evaluate(() => {
    window.timing = false;
    return window.times;
  });
}
/** From each press of Enter to the server's answer about the cell it left: it is stored then. */
export async function storedAfter(page, run) {
  await page.evaluate(() => {
    Object.assign(window, { entered: [], stored: [] });
    window.addEventListener('keydown', (e) => e.key === 'Enter' && window.entered.push(e.timeStamp), true);
    new PerformanceObserver((l) => {
      for (const e of l.getEntries()) if (e.name.endsWith('/cells')) window.stored.push(e.responseEnd);
    }).observe({ type: 'resource' });
  });
  const answer = await run();
  await page.waitForFunction(() => window.stored.length >= window.entered.length);
  return [answer, await page.evaluate(() => window.stored.map((end, i) => end - window.entered[i]))];
}
/** Milliseconds of processor that a process has had. */
export function cpuOf(pid) {
  const parts = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(parts[11]) + Number(parts[12])) * 10;
}
export function printed(what, rows) {
  console.log(`\n${what}; load ${loadavg()[0].toFixed(1)}\n`);
  console.log('| what | budget | from event to frame | busy | bare |\n|---|---|---|---|---|');
  for (const r of rows) console.log(`| ${r.join(' | ')} |`);
}
