/** What the chart queries send by Arrow arrives as plain numbers, texts and milliseconds. */
import { readArrow, readRows } from '@hengjian/models/queries/statement.ts';
import { streamMinutes } from '@hengjian/observe/queries/stream-minutes.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrowRows } from './arrow-rows.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary?.close());

test('days and moments are epoch milliseconds, counts numbers, missing values null', async () => {
  const sql = `SELECT toDate('2025-04-07') AS week, toDateTime64('2025-04-07 10:00:00.250', 3, 'Asia/Shanghai') AS at,
    toUInt32(7) AS events, toFloat64(0.5) AS share, '市场监管局' AS name, CAST(NULL, 'Nullable(UInt32)') AS denominator`;
  expect(arrowRows(await readArrow(temporary.reader, { sql, params: {} }))).toEqual([
    {
      week: Date.UTC(2025, 3, 7),
      at: Date.parse('2025-04-07T10:00:00.250+08:00'),
      events: 7,
      share: 0.5,
      name: '市场监管局',
      denominator: null,
    },
  ]);
});

test('a query gives the same rows both ways', async () => {
  const at = new Date('2026-03-02T04:00:00Z');
  await temporary.warehouse.insert('events', [
    { source: 's', id: '1', type: 'push.claimed', time: '2026-03-02 11:00:00', recorded_at: '2026-03-02 11:30:10' },
  ]);
  const statement = streamMinutes(
    { account: 'o', roles: ['office'], units: 'all', areas: 'all' },
    { at, minutes: 60, step: 1 },
  );
  const [row] = await readRows(temporary.reader, statement);
  expect(arrowRows(await readArrow(temporary.reader, statement))).toEqual([
    { ...row!, at: Date.parse('2026-03-02T03:30:00Z') },
  ]);
});

test('no bytes are no rows', () => {
  expect(arrowRows(new Uint8Array())).toEqual([]);
});
