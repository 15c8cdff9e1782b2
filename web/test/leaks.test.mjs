import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, newLead, openPage, settled, signIn, visit } from './office.mjs';

describe('leaks', { timeout: 900_000 }, () => {
  let page;
  before(async () => {
    page = await openPage();
    await signIn(page);
  });
  after(() => page.context().close());

  test('150 navigations leave the heap and the page as they were', async () => {
    const lead = await newLead(page);
    await visit(page, '/');
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    const list = await ask(page, 'POST', 'prospect-lists', { name: 'Giro' });
    await ask(page, 'POST', `prospect-lists/${list.id}/cells`, {
      add: Array.from({ length: 200 }, (_, i) => ({ values: { company_name: `Ditta ${i}`, city: 'Roma' } })),
    });
    const sheet = `/prospect-lists/${list.id}`;
    const round = ['/pipeline', '/leads', sheet, `/leads/${lead.id}`, '/figures', `${sheet}/call`, '/'];
    const go = async (times) => {
      await page.evaluate(
        async ({ places, n }) => {
          const frame = () => new Promise((r) => requestAnimationFrame(r));
          for (let i = 0; i < n; i++) {
            const was = document.title;
            const a = document.createElement('a');
            a.href = places[i % places.length];
            document.body.append(a);
            a.click();
            a.remove();
            while (document.title === was) await frame();
            await frame();
          }
        },
        { places: round, n: times },
      );
      await settled(page);
    };
    const measure = async () => {
      await cdp.send('HeapProfiler.collectGarbage');
      await cdp.send('HeapProfiler.collectGarbage');
      const { metrics } = await cdp.send('Performance.getMetrics');
      const of = (name) => metrics.find((m) => m.name === name).value;
      return { heap: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes') };
    };
    const more = (a, b) => a.heap > b.heap * 1.25 + 2 || a.nodes > b.nodes * 1.3 + 500;
    await go(42);
    const before = await measure();
    await go(150);
    let after = await measure();
    for (let i = 0; i < 20 && more(after, before); i++) {
      await settled(page);
      after = await measure();
    }
    assert.ok(!more(after, before), JSON.stringify({ before, after }));
  });
});
