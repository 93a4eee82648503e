import type { Page } from 'playwright-core';

/** For `expect.poll` on a machine that is busy with other tests. */
export const patient = { timeout: 60_000 };

/** Waits until exactly this many charts are drawn (which is also when the page answers to keys and clicks). */
export async function charts(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('.drawing:not(.hidden) svg.marks').length === wanted,
    count,
    { timeout: 60_000 },
  );
}
