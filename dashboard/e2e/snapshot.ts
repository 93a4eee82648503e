import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Keeps a picture of the page for people to look at, when `HENGJIAN_SCREENSHOTS` names a directory. */
export async function snapshot(page: Page, name: string): Promise<void> {
  const directory = process.env.HENGJIAN_SCREENSHOTS;
  if (!directory) return;
  mkdirSync(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true });
}
