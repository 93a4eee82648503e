/**
 * What a person waits for: `up --demo` on an empty directory until it is ready, the same started again, and then the
 * ranking page; and the bytes that a Chromium with an empty cache transfers for each page, charts apart.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@hengjian/dashboard/e2e/chromium.ts';
import { type Figure, figureTable } from './figure.ts';
import { measurePage } from './page-weight.ts';
import { startUp } from './running-up.ts';

const PAGES = ['/', '/units/scjg', '/funnel', '/heat', '/stream'];

export async function benchFirstPage(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const env = { HENGJIAN_DATA_DIR: directory, INGEST_PORT: '0', DASHBOARD_PORT: '0', CLICKHOUSE_URL: '' };
  const figures: Figure[] = [];
  const browser = await chromium();
  try {
    const first = await startUp(['--demo'], env);
    figures.push({
      name: 'up --demo, empty directory, until ready',
      value: first.seconds,
      unit: 's',
      aim: { atMost: 60 },
    });
    const page = await browser.newPage();
    await page.goto(first.address(/http:\/\/\S+(?=\s+\(works once)/));
    await page.locator('main form button').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    const signedIn = await page.context().storageState();
    const base = new URL(page.url()).origin;
    for (const path of PAGES) figures.push(...(await measurePage(browser, signedIn, base + path)).weight);
    await first.stop();

    const again = await startUp(['--demo'], env);
    const address = again.address(/(?<=Dashboard \S+\s+)http:\/\/\S+/);
    const { loadedMs } = await measurePage(browser, signedIn, `${address}/`);
    await again.stop();
    figures.push({
      name: 'up --demo, started again, until ready',
      value: again.seconds,
      unit: 's',
      aim: { atMost: 5 },
    });
    figures.push({ name: '  then its first page (ranking), loaded', value: loadedMs, unit: 'ms' });
    return figures;
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) console.log(figureTable(await benchFirstPage()));
