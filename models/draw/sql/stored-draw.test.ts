import { createHash } from 'node:crypto';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FrameSource } from '../frame-source.ts';
import { parsePlan } from '../plan.ts';
import { runDraw } from '../run-draw.ts';
import { districtFrame } from '../testing/district-frame.ts';
import { frameOf } from '../testing/frame-of.ts';
import {
  EXAMPLE_BEACON,
  EXAMPLE_HEADER,
  EXAMPLE_PLAN,
  EXAMPLE_ROWS,
  EXAMPLE_SECRET,
} from '../testing/worked-example.ts';
import { runStoredDraw } from './run-stored-draw.ts';
import { storeFrame } from './store-frame.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

let stored = 0;
async function both(source: FrameSource, document: object, beacon = EXAMPLE_BEACON) {
  const plan = parsePlan(document);
  const frame = `frame ${stored++}`;
  await storeFrame(temporary.warehouse, frame, source, plan);
  return [
    await runStoredDraw(temporary.warehouse, frame, plan, EXAMPLE_SECRET, beacon),
    await runDraw(source, plan, EXAMPLE_SECRET, beacon),
  ] as const;
}

test('both engines give the worked example', async () => {
  const [sql, typescript] = await both(frameOf(EXAMPLE_HEADER, EXAMPLE_ROWS), EXAMPLE_PLAN);
  expect(sql).toEqual(typescript);
  expect(sql.result_hash).toBe('7ef8c33474c78b59ff9c36ed18f38d1f7d664f291c45e539e57068c921f52d70');
});

test('both engines agree on any small frame: any characters, empty values, with and without salt, strata and n', async () => {
  const field = fc.string({ unit: 'grapheme', maxLength: 5 }).filter((text) => !/[\t\n\r]/.test(text));
  const id = field.filter((text) => text !== '');
  const row = fc.tuple(
    id,
    fc.constantFrom('新开', '小海', '', '\u{ffff}', '😀'),
    fc.constantFrom('A', 'B', 'C'),
    field,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(row, { selector: ([first]) => first, minLength: 1, maxLength: 40 }),
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      async (rows, salted, stratified, n) => {
        const source = frameOf(['id', 'area', 'tier', salted ? 'salt' : 'note'], rows);
        const document = {
          method: 'tier-srs-v1',
          tiers: { A: '1/10', B: '2/7', C: '1' },
          ...(stratified ? { strata: ['area'] } : {}),
          ...(n <= rows.length ? { n } : {}),
        };
        const beacon = createHash('sha256').update(String(n)).digest();
        const [sql, typescript] = await both(source, document, beacon);
        expect(sql).toEqual(typescript);
      },
    ),
    { numRuns: propertyRuns(25) },
  );
});

test('both engines agree on a frame of 20,000 rows in 1,440 cells', async () => {
  const document = { ...EXAMPLE_PLAN, strata: ['area', 'industry'], n: 1_500 };
  const [sql, typescript] = await both(districtFrame(20_000), document);
  expect(sql).toEqual(typescript);
  expect(sql.selected).toHaveLength(1_500);
});

test('an id in two rows is refused by both, and a frame is stored once', async () => {
  const source = frameOf(EXAMPLE_HEADER, [...EXAMPLE_ROWS, EXAMPLE_ROWS[0]!]);
  const plan = parsePlan(EXAMPLE_PLAN);
  await storeFrame(temporary.warehouse, 'twice', source, plan);
  const drawn = runStoredDraw(temporary.warehouse, 'twice', plan, EXAMPLE_SECRET, EXAMPLE_BEACON);
  await expect(drawn).rejects.toThrow(/913206000000000011 stands in 2 rows/);
  await expect(storeFrame(temporary.warehouse, 'twice', source, plan)).rejects.toThrow(/stored already/);
  const empty = runStoredDraw(temporary.warehouse, 'none', plan, EXAMPLE_SECRET, EXAMPLE_BEACON);
  await expect(empty).rejects.toThrow(/has no row/);
});
