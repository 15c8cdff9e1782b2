import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newLead, openOffice, signIn, visit } from './office.mjs';

let office, page;
before(async () => {
  office = await openOffice();
  page = office.page;
  await signIn(page);
});
after(() => office.close());

test('150 navigations leave the heap and the page as they were', async () => {
  const lead = await newLead(page);
  await visit(page, '/');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const round = ['/pipeline', '/leads', `/leads/${lead.id}`, '/figures', '/companies', '/'];
  const go = async (n) => {
    for (let i = 0; i < n; i++) {
      await page.evaluate(
        (path) => {
          const a = document.createElement('a');
          a.href = path;
          document.body.append(a);
          a.click();
          a.remove();
        },
        round[i % round.length],
      );
      await page.waitForTimeout(45);
    }
    await page.waitForTimeout(400);
  };
  const measure = async () => {
    await cdp.send('HeapProfiler.collectGarbage');
    await cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await cdp.send('Performance.getMetrics');
    const of = (name) => metrics.find((m) => m.name === name).value;
    return { heap: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes'), listeners: of('JSEventListeners') };
  };
  await go(36);
  const before = await measure();
  await go(150);
  const after = await measure();
  console.log('before', before, 'after', after);
  assert.ok(after.heap < before.heap * 1.25 + 2, `heap ${before.heap} -> ${after.heap} MB`);
  assert.ok(after.nodes < before.nodes * 1.3 + 500, `nodes ${before.nodes} -> ${after.nodes}`);
  assert.deepEqual(office.complaints, []);
});
