import type { Warehouse } from '@hengjian/warehouse';
import type { Filling } from '@hengjian/warehouse/testing.ts';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openDashboard, type TestDashboard } from './harness.ts';

/**
 * The dashboard that all tests of a file share: opened before the first, closed after the last; after each, nothing may have
 * complained. To be called at the top of the file.
 * @param environment variables that differ from those of every test dashboard
 * @param filled what there is already when `fill` is called
 */
export function sharedDashboard(
  fill?: Filling | ((warehouse: Warehouse, dataDir: string) => Promise<void>),
  { environment = {}, filled }: { environment?: Record<string, string>; filled?: Filling } = {},
): TestDashboard {
  let opened: TestDashboard | undefined;
  // A build, an engine and a full refresh of the sample, on whatever machine.
  beforeAll(async () => {
    opened =
      typeof fill === 'object'
        ? await openDashboard(undefined, environment, fill)
        : await openDashboard(fill, environment, filled);
  }, 400_000);
  afterAll(() => opened?.close());
  afterEach(() => expect(opened?.problems()).toEqual([]));

  const dashboard = () => {
    if (!opened) throw new Error('the shared dashboard is open only while tests run');
    return opened;
  };
  return {
    get url() {
      return dashboard().url;
    },
    get port() {
      return dashboard().port;
    },
    get warehouse() {
      return dashboard().warehouse;
    },
    page: (options) => dashboard().page(options),
    link: (account) => dashboard().link(account),
    closePages: () => dashboard().closePages(),
    stopWarehouse: () => dashboard().stopWarehouse(),
    problems: () => dashboard().problems(),
    close: () => dashboard().close(),
  };
}
