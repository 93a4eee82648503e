import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { saveAccount } from './account-store.ts';
import { AccountWatch } from './account-watch.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

const account = { name: 'li', roles: ['office'] as const, units: [], areas: [], disabled: false };

test('tells what another process has changed, and nothing once nobody listens', async () => {
  const { warehouse } = temporary;
  const watch = new AccountWatch(warehouse);
  const listener = vi.fn();
  const stop = watch.subscribe(listener);
  // A row that this process was not told of, as another one leaves it.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(listener).not.toHaveBeenCalled();
  await warehouse.command(`INSERT INTO account_sign_outs SELECT 'li', now64(6)`);
  await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(1), { timeout: 20_000 });
  await saveAccount(warehouse, account, 'test');
  expect(listener.mock.calls.length).toBeGreaterThan(1);
  stop();
  listener.mockClear();
  await saveAccount(warehouse, { ...account, disabled: true }, 'test');
  expect(listener).not.toHaveBeenCalled();
});
