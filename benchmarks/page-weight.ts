import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Figure } from './figure.ts';

interface Transfer {
  url: string;
  type: string;
  /** bytes on the wire, head included */
  bytes: number;
}

export interface PageMeasure {
  weight: Figure[];
  /** from the request to the load event */
  loadedMs: number;
}

/** A script belongs to the charts when it holds the chart library or the reader of its data. */
const CHART_CODE = /vega|apache-arrow|RecordBatch/;

/** Loads a page with an empty cache in a context of its own and weighs what came over the wire until it is quiet. */
export async function measurePage(
  browser: Browser,
  storageState: NonNullable<BrowserContextOptions['storageState']>,
  url: string,
): Promise<PageMeasure> {
  const context = await browser.newContext({ storageState, locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const pending = new Map<string, { url: string; type: string }>();
    const transfers: Transfer[] = [];
    session.on('Network.responseReceived', ({ requestId, response, type }) =>
      pending.set(requestId, { url: response.url, type }),
    );
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const known = pending.get(requestId);
      if (known) transfers.push({ ...known, bytes: encodedDataLength });
    });
    const chartScripts = new Set<string>();
    const reading: Promise<void>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      reading.push(
        response.text().then(
          (text) => {
            if (CHART_CODE.test(text)) chartScripts.add(response.url());
          },
          () => undefined, // a preloaded script may be gone by now: it then counts as the page's
        ),
      );
    });
    const started = performance.now();
    const answer = await page.goto(url, { waitUntil: 'load' });
    const loaded = performance.now() - started;
    if (answer?.status() !== 200) throw new Error(`${url} answered ${answer?.status()}`);
    await page.waitForTimeout(2500); // charts load after the page; update streams never end
    await Promise.all(reading);
    const path = new URL(url).pathname;
    const kb = (list: readonly Transfer[]): number => list.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
    const charts = transfers.filter((transfer) => chartScripts.has(transfer.url) || /arrow/.test(transfer.url));
    const own = transfers.filter((transfer) => !charts.includes(transfer));
    const weight: Figure[] = [
      {
        name: `page ${path}, before charts`,
        value: kb(own),
        unit: 'kB',
        aim: { atMost: 300 },
        note: `${own.length} requests, loaded in ${Math.round(loaded)} ms`,
      },
      ...(charts.length > 0
        ? [{ name: '  its charts', value: kb(charts), unit: 'kB', note: `${charts.length} requests` }]
        : []),
    ];
    return { weight, loadedMs: loaded };
  } finally {
    await context.close();
  }
}
