import { asideName } from '@hengjian/warehouse';
import { FACTS_IN_FORCE, RESTATED_TABLE, restatedRows } from '@hengjian/warehouse/readable-events.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { restateFacts } from './restate-facts.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());
beforeEach(async () => {
  await temporary.warehouse.command('TRUNCATE TABLE events');
  await temporary.warehouse.command(`TRUNCATE TABLE ${RESTATED_TABLE}`);
});

/** As a version without facts stored them. */
const store = (batch: number, count: number) =>
  temporary.warehouse.insert(
    'events',
    Array.from({ length: count }, (_, row) => ({
      source: 's',
      id: `${batch}-${row}`,
      type: 'push.claimed',
      time: '2025-04-01 09:00:00.000000',
      department: 'scjg',
      recorded_at: `2025-04-01 09:00:0${batch}.000000`,
      data: `{"n":1e400,"push_id":"P${batch}-${row}"}`,
    })),
  );

async function derived(): Promise<string[]> {
  const rows = await temporary.warehouse.query<{ text: string }>(
    `SELECT concat(id, ' ', push_id, ' ', facts) AS text FROM ${restatedRows()} ORDER BY id`,
  );
  return rows.map(({ text }) => text);
}

const expected = (...batches: [number, number][]) =>
  batches.flatMap(([batch, count]) =>
    Array.from({ length: count }, (_, row) => `${batch}-${row} P${batch}-${row} {"push_id":"P${batch}-${row}"}`),
  );

test('events that were stored without facts get them beside the log, each batch once', async () => {
  const { warehouse } = temporary;
  await store(1, 3);
  await store(2, 2);
  expect(await restateFacts(warehouse, 'events')).toEqual({ rows: 5 });
  expect(await derived()).toEqual(expected([1, 3], [2, 2]));
  await store(3, 2);
  expect(await restateFacts(warehouse, 'events')).toEqual({ rows: 7 });
  expect(await restateFacts(warehouse, 'events')).toEqual({ rows: 7 });
  expect(await derived()).toEqual(expected([1, 3], [2, 2], [3, 2]));
});

test('a run that was killed between two batches, or within one, goes on where it stopped', async () => {
  const { warehouse } = temporary;
  await store(1, 3);
  await restateFacts(warehouse, 'events');
  await store(2, 2);
  await warehouse.command(`CREATE TABLE ${asideName(warehouse, RESTATED_TABLE)} AS ${RESTATED_TABLE}`);
  await warehouse.command(
    `INSERT INTO ${asideName(warehouse, RESTATED_TABLE)} SELECT * FROM ${RESTATED_TABLE} LIMIT 1`,
  );
  expect(await restateFacts(warehouse, 'events')).toEqual({ rows: 5 });
  expect(await derived()).toEqual(expected([1, 3], [2, 2]));
});

test('what is broken off says so and leaves whole batches', async () => {
  const { warehouse } = temporary;
  await store(1, 3);
  await expect(restateFacts(warehouse, 'events', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  expect(await derived()).toEqual([]);
});

test('a log that lost batches, or in which one grew, is derived anew', async () => {
  const { warehouse } = temporary;
  await store(1, 3);
  await store(2, 2);
  await restateFacts(warehouse, 'events');
  await warehouse.command('TRUNCATE TABLE events');
  await store(2, 2);
  await restateFacts(warehouse, 'events');
  expect(await derived()).toEqual(expected([2, 2]));
  await warehouse.command(
    `INSERT INTO events (source, id, type, recorded_at, data) SELECT 's', '2-2', 'push.claimed', '2025-04-01 09:00:02.000000', '{"push_id":"P2-2"}'`,
  );
  await restateFacts(warehouse, 'events');
  expect(await derived()).toEqual(expected([2, 3]));
});

test('only facts of other declarations are derived again', async () => {
  const { warehouse } = temporary;
  const mark = FACTS_IN_FORCE.match(/\d+/)![0];
  await warehouse.command(
    `INSERT INTO events (source, id, type, facts_mark, recorded_at, data) SELECT 's', toString(number), 'login.succeeded', if(number = 1, ${mark}, 7), now64(6), '{"account":"a"}' FROM numbers(3)`,
  );
  expect(await restateFacts(warehouse, 'events')).toEqual({ rows: 2 });
  expect(await derived()).toEqual(['0  {"account":"a"}', '2  {"account":"a"}']);
});
