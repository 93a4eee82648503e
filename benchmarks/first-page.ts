/**
 * What a person waits for: `up --demo` on an empty directory until it is ready, started again until it is ready and
 * until the ranking page is there; the bytes that a Chromium transfers for a page, charts apart.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@hengjian/dashboard/e2e/chromium.ts';
import { type Figure, figureTable } from './figure.ts';
import { measurePage } from './page-weight.ts';
import { startUp } from './running-up.ts';

export async function benchFirstPage(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const env = { HENGJIAN_DATA_DIR: directory, INGEST_PORT: '0', DASHBOARD_PORT: '0', CLICKHOUSE_URL: '' };
  try {
    const first = await startUp(['--demo'], env);
    const link = first.address(/http:\/\/\S+(?=\s+\(works once)/);
    const base = new URL(link).origin;
    const browser = await chromium();
    const figures: Figure[] = [
      { name: 'up --demo, empty directory, until ready', value: first.seconds, unit: 's', aim: { atMost: 60 } },
    ];
    try {
      const page = await browser.newPage();
      await page.goto(link);
      await page.locator('main form button').click();
      await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
      const state = await page.context().storageState();
      for (const path of ['/', '/funnel', '/heat', '/stream'])
        figures.push(...(await measurePage(browser, state, base + path)));
    } finally {
      await browser.close();
      await first.stop();
    }
    const again = await startUp(['--demo'], env);
    const started = performance.now();
    const answer = await fetch(`${again.address(/http:\/\/127\.0\.0\.1:\d+(?=\s)/)}/health/ready`);
    figures.push({
      name: 'up --demo, started again, until ready',
      value: again.seconds,
      unit: 's',
      aim: { atMost: 5 },
    });
    figures.push({
      name: '  then its first answer',
      value: performance.now() - started,
      unit: 'ms',
      note: `HTTP ${answer.status}`,
    });
    await again.stop();
    return figures;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) console.log(figureTable(await benchFirstPage()));
