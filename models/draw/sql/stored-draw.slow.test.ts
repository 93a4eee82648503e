import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePlan } from '../plan.ts';
import { runDraw } from '../run-draw.ts';
import { districtFrame } from '../testing/district-frame.ts';
import { EXAMPLE_BEACON, EXAMPLE_PLAN, EXAMPLE_SECRET } from '../testing/worked-example.ts';
import { runStoredDraw } from './run-stored-draw.ts';
import { storeFrame } from './store-frame.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

test('both engines agree on a frame of 1,000,000 rows, member for member', { timeout: 600_000 }, async () => {
  const plan = parsePlan({ ...EXAMPLE_PLAN, strata: ['area', 'industry'], n: 40_000 });
  const source = districtFrame(1_000_000);
  await storeFrame(temporary.warehouse, 'million', source, plan);
  const sql = await runStoredDraw(temporary.warehouse, 'million', plan, EXAMPLE_SECRET, EXAMPLE_BEACON);
  const typescript = await runDraw(source, plan, EXAMPLE_SECRET, EXAMPLE_BEACON);
  expect(sql.selected).toHaveLength(40_000);
  // Strings are compared, because a deep comparison of 80,000 units takes minutes.
  expect(JSON.stringify(sql) === JSON.stringify(typescript)).toBe(true);
});
