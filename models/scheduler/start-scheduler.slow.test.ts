import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { expect, test, vi } from 'vitest';
import type { RefreshResult } from '../runner/refresh.ts';
import { loadEvents } from '../testing/load-events.ts';
import { startScheduler } from './start-scheduler.ts';

test('the scheduler refreshes after new events', { timeout: 300_000 }, async () => {
  const temporary = await temporaryWarehouse();
  const seen: RefreshResult[] = [];
  const errors: object[] = [];
  const scheduler = await startScheduler({
    warehouse: temporary.warehouse,
    environment: { dataDir: temporary.dataDir, ruleset: 'nantong-etdz' },
    logger: { info() {}, error: (details) => void errors.push(details) },
    lookEvery: 20,
    onRefresh: (result) => void seen.push(result),
  });
  await vi.waitUntil(() => seen.length > 0 || errors.length > 0, { timeout: 120_000 });
  await loadEvents(temporary.warehouse, [
    {
      id: 'l0',
      source: 'test',
      type: 'login.succeeded',
      time: '2025-05-12T09:00:00+08:00',
      department: 'scjg',
      data: { account: 'a' },
    },
  ]);
  await vi.waitUntil(() => seen.some(({ built }) => built.includes('2025Q2')) || errors.length > 0, {
    timeout: 120_000,
  });
  expect(errors).toEqual([]);
  await scheduler.stop();
  await temporary.close();
});
