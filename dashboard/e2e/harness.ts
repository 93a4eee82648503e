/** For browser tests: a running dashboard on a temporary warehouse, and pages of a real Chromium, signed in by a link. */

import { setTimeout as pause } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { writeLaterNotices } from '@hengjian/models/testing/later-notices.ts';
import { dashboardParts } from '@hengjian/operations/dashboard-parts.ts';
import { readEnvironment, type Warehouse } from '@hengjian/warehouse';
import { type Filling, type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import type { BrowserContext, Page } from 'playwright-core';
import type { Account } from '../accounts/account.ts';
import { saveAccount } from '../accounts/account-store.ts';
import { createSignInToken, signInAddress } from '../accounts/sign-in-link.ts';
import { startDashboard } from '../server.ts';
import { chromium } from './chromium.ts';

/** A kept answer is served for a second without asking whether it still holds (FigureWatch); and some room. */
const UNASKED_MS = 1_500;
/** What a page waits for may take as long on a machine that is busy with other tests. */
const WAIT_MS = 60_000;

export interface PageOptions {
  /** Signed in as this; nobody when absent. The account is created on first use. */
  account?: Partial<Account> & Pick<Account, 'name' | 'roles'>;
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  locale?: 'zh-CN' | 'en';
  /** false: a browser that runs none. */
  scripts?: boolean;
}

export interface TestDashboard {
  /** Where people reach it: PUBLIC_URL, or where it listens. */
  url: string;
  port: number;
  warehouse: Warehouse;
  /** A page with a context of its own. */
  page(options?: PageOptions): Promise<Page>;
  /** A one-time sign-in address for an account, which is created if missing. */
  link(account: NonNullable<PageOptions['account']>): Promise<string>;
  /** All pages so far, with what they hold open. */
  closePages(): Promise<void>;
  /** The engine ends, as if the machine that has it were gone, and what was read of it no longer holds unasked. */
  stopWarehouse(): Promise<void>;
  /** What went wrong on any page so far: console errors, CSP violations, exceptions, failed requests. Empties the list. */
  problems(): string[];
  close(): Promise<void>;
}

export const office = { name: 'office', roles: ['office', 'admin'] } as const satisfies PageOptions['account'];

/**
 * @param fill loads what the test needs (events → refresh, or rows) before the dashboard starts; `dataDir` holds the notices of later years
 * @param variables of the environment, beside the data directory and the port
 * @param filled what there is already when `fill` is called
 */
export async function openDashboard(
  fill: (warehouse: Warehouse, dataDir: string) => Promise<void> = async () => {},
  variables: NodeJS.ProcessEnv = {},
  filled?: Filling,
): Promise<TestDashboard> {
  const temporary = await temporaryWarehouse(filled && { filled });
  try {
    writeLaterNotices(temporary.dataDir);
    await fill(temporary.warehouse, temporary.dataDir);
    return await openOn(temporary, variables);
  } catch (error) {
    await temporary.close();
    throw error;
  }
}

/** On a busy machine a row of the access log may wait; nothing is lost. */
const waits = (message: string) => message.includes('will be tried again');

async function openOn(
  { warehouse, reader, engine, dataDir, close: closeWarehouse }: TemporaryWarehouse,
  variables: NodeJS.ProcessEnv,
): Promise<TestDashboard> {
  const logged: string[] = [];
  const environment = readEnvironment({ ...variables, HENGJIAN_DATA_DIR: dataDir, DASHBOARD_PORT: '0' });
  const dashboard = await startDashboard({
    ...dashboardParts(environment, warehouse),
    warehouse,
    reader,
    environment,
    logger: {
      info() {},
      warn: (fields, message) => void (waits(message) || logged.push(`log warning: ${message} ${describe(fields)}`)),
      error: (fields, message) => void logged.push(`log error: ${message} ${describe(fields)}`),
    },
  });
  const url = environment.publicUrl ?? dashboard.url;
  const browser = await chromium();
  const contexts: BrowserContext[] = [];
  const closePages = async () => {
    for (const context of contexts.splice(0)) await context.close();
  };
  const known = new Set<string>();

  const link: TestDashboard['link'] = async (account) => {
    if (!known.has(account.name)) {
      await saveAccount(warehouse, { units: [], areas: [], disabled: false, ...account }, 'test');
      known.add(account.name);
    }
    return signInAddress(url, await createSignInToken(warehouse, account.name));
  };

  return {
    url,
    port: dashboard.port,
    warehouse,
    link,
    async page({ account, width = 1440, height = 900, theme = 'light', locale = 'zh-CN', scripts = true } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        locale,
        baseURL: url,
        timezoneId: 'Asia/Shanghai',
        javaScriptEnabled: scripts,
      });
      contexts.push(context);
      context.setDefaultTimeout(WAIT_MS);
      const page = await context.newPage();
      watch(page, logged);
      if (account) {
        await page.goto(await link(account));
        await page.locator('main form button').click();
        await page.waitForURL((url) => !url.pathname.includes('/sign-in'));
      }
      return page;
    },
    closePages,
    stopWarehouse: () => engine.stop().then(() => pause(UNASKED_MS)),
    problems: () => logged.splice(0),
    async close() {
      await closePages();
      await browser.close();
      await dashboard.stop();
      await closeWarehouse();
    },
  };
}

/** Goes to an address and waits until the page's scripts are at work: the last thing they start is the wait for updates. */
export async function visit(page: Page, address: string): Promise<void> {
  await Promise.all([page.waitForRequest('**/api/v1/updates'), page.goto(address)]);
}

/** Serious and critical findings of axe on the page as it stands, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`,
    );
}

/** Collects everything that a reader's browser would complain about. A refused page is an answer, not a fault. */
function watch(page: Page, into: string[]): void {
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (/status of (400|401|403|404)/.test(message.text())) return;
    into.push(`console ${message.type()} on ${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => into.push(`exception on ${page.url()}: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) into.push(`${response.status()} from ${response.url()}`);
  });
}

function describe(fields: object): string {
  const { err } = fields as { err?: unknown };
  return err instanceof Error ? (err.stack ?? err.message) : JSON.stringify(fields);
}
