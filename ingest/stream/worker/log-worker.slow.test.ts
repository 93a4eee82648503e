/** Workers on a real broker and a real engine: every record leaves exactly one row, whatever happens. */

import { setTimeout as pause } from 'node:timers/promises';
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { sharedBroker } from '@hengjian/operations/kafka/shared-broker.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { CompressionTypes } from 'kafkajs';
import { describe, expect, test, vi } from 'vitest';
import { knowAllCompressions } from '../log/compression.ts';
import { reroutedHeaders } from '../log/record-headers.ts';
import { partitionOf } from '../log/record-key.ts';
import { brokerAndEngine } from './testing/broker-and-engine.ts';
import { runWorker } from './testing/run-worker.ts';
import { eventLine } from './testing/test-topic.ts';

describe.skipIf(!hasJava())(`workers${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`, { timeout: 400_000 }, () => {
  const real = brokerAndEngine({ startBroker: sharedBroker, partitions: 4, emptied: true });
  const { worker, counts, untilRows } = real;

  test('events, duplicates and rejects of any producer: each record one row, with its offset', async () => {
    const lines = Array.from({ length: 2_000 }, (_, n) => eventLine(`e${n % 1_900}`));
    // Half of them where their key belongs, half anywhere.
    await real.topic.send(lines.map((value, n) => ({ value, partition: n % 2 ? real.topic.home(value) : n % 4 })));
    const bad = ['{"specversion":', '', '\xff\xfe', '[]', eventLine('x').replace('login.succeeded', 'no.such.type')];
    await real.topic.send(bad.map((value, n) => ({ value: Buffer.from(value, 'latin1'), partition: n % 4 })));
    await real.topic.send([{ value: null, partition: 3 }]);
    const one = await worker();
    await untilRows(2_006);
    await one.stop();
    expect(await counts()).toEqual({ events: 1_900, duplicates: 100, rejects: 6 });
    const rejects = await real.warehouse.query<{ reason: string; origin: string }>(
      'SELECT reason, origin FROM rejects WHERE origin_kind = {kind:String}',
      { kind: 'kafka' },
    );
    expect(rejects.map(({ origin }) => origin)).toEqual(Array(6).fill(real.topic.name));
    const misplaced = await real.warehouse.query<{ id: string; source: string; part: number }>(
      'SELECT id, source, origin_part AS part FROM events',
    );
    for (const { id, source, part } of misplaced) expect(partitionOf(Buffer.from(`${source}#${id}`), 4)).toBe(part);
  });

  test('records come compressed in any way that Kafka knows', async () => {
    knowAllCompressions();
    const { None, GZIP, Snappy, LZ4, ZSTD } = CompressionTypes;
    for (const compression of [None, GZIP, Snappy, LZ4, ZSTD]) {
      const records = Array.from({ length: 50 }, (_, n) => ({
        value: eventLine(`${compression}-${n}`),
        partition: n % 4,
      }));
      await real.topic.send(records, compression);
    }
    const one = await worker();
    await untilRows(250);
    await one.stop();
    expect(await counts()).toEqual({ events: 250, duplicates: 0, rejects: 0 });
  });

  test('started again it repeats nothing, and does not count records as duplicates of themselves', async () => {
    await real.topic.send(Array.from({ length: 500 }, (_, n) => ({ value: eventLine(`e${n}`), partition: n % 4 })));
    const one = await worker();
    await untilRows(500);
    await one.stop();
    // As if no offset had ever been committed: the group reads everything again.
    await real.topic.forgetGroup();
    await real.topic.send([{ value: eventLine('last'), partition: 1 }]);
    const two = await worker();
    await untilRows(501);
    await two.stop();
    expect(await counts()).toEqual({ events: 501, duplicates: 0, rejects: 0 });
  });

  test('blocks that fail in the middle of a stream: nothing behind them is committed over them', async () => {
    const { warehouse } = real;
    let asked = 0;
    // As an engine short of memory refuses look-ups: those are not repeated, the worker starts afresh.
    const query: Warehouse['query'] = (sql, ...rest) => {
      if (sql.startsWith('SELECT DISTINCT source, id FROM events')) asked += 1;
      else return warehouse.query(sql, ...rest);
      return asked % 2 === 1 ? Promise.reject(new Error('MEMORY_LIMIT_EXCEEDED')) : warehouse.query(sql, ...rest);
    };
    const one = await runWorker({ topic: real.topic, warehouse: { ...warehouse, query } });
    await one.joined;
    for (let n = 0; n < 300; n += 1) {
      const lines = Array.from({ length: 40 }, (_, k) =>
        eventLine(`f${Math.max(0, n * 40 + k - (k % 20 ? 0 : 4_000))}`),
      );
      await real.topic.send(lines.map((value) => ({ value, partition: real.topic.home(value) })));
      await pause(20);
    }
    await untilRows(12_000);
    await real.topic.untilRead();
    await one.stop();
    expect(one.failures.length).toBeGreaterThan(1);
    const { events, duplicates, rejects } = await counts();
    expect([events + duplicates, rejects]).toEqual([12_000, 0]);
    const [row] = await warehouse.query<{ distinct: number }>('SELECT uniqExact(source, id) AS distinct FROM events');
    expect(row!.distinct).toBe(events);
  });

  test('asked to stop in the middle it stores and commits what it has taken; the next one reads on from there', async () => {
    const records = Array.from({ length: 60_000 }, (_, n) => eventLine(`s${n}`)).map((value) => ({
      value,
      partition: real.topic.home(value),
    }));
    await real.topic.send(records);
    let taken = 0;
    const one = await worker({ batch: ({ records }) => (taken += records) });
    await untilRows(1);
    await one.stop();
    const stored = await real.warehouse.query<{ part: number; next: number }>(
      'SELECT origin_part AS part, max(origin_pos) + 1 AS next FROM events GROUP BY part ORDER BY part',
    );
    const committed = await real.topic.committed();
    for (const { part, next } of stored) expect(committed.get(part)).toBe(next);
    expect((await counts()).events).toBe(taken);
    const two = await worker();
    await untilRows(records.length);
    await two.stop();
    expect(await counts()).toEqual({ events: records.length, duplicates: 0, rejects: 0 });
  });

  test('the same event on all partitions, in two workers at the same moment: stored once, the others counted', async () => {
    const workers = await Promise.all([worker(), worker()]);
    await Promise.all(workers.map((one) => one.joined));
    const copies = Array.from({ length: 300 }, (_, n) =>
      [0, 1, 2, 3].map((partition) => ({ value: eventLine(`c${n}`), partition })),
    );
    await real.topic.send(copies.flat());
    await untilRows(1_200);
    await Promise.all(workers.map((one) => one.stop()));
    expect(await counts()).toEqual({ events: 300, duplicates: 900, rejects: 0 });
  });

  test('a topic that was created anew: its records are stored once, whatever rows there are at their offsets', async () => {
    const session = async (rows: number) => {
      const one = await worker();
      await untilRows(rows);
      await one.stop();
    };
    const at = (partition: number) => (value: string) => ({ value, partition });
    await real.topic.send(Array.from({ length: 40 }, () => at(0)('not json')));
    const home = Array.from({ length: 400 }, (_, n) => eventLine(`anew-${n}`)).filter(
      (one) => real.topic.home(one) === 0,
    );
    await session(40);
    await real.topic.createAnew();
    // More records than before, then fewer: the rows end before the log, then beyond it.
    await real.topic.send(home.slice(0, 60).map(at(0)));
    await session(100);
    await real.topic.createAnew();
    await real.topic.send(['neither json', ...home.slice(60, 80)].map(at(0)));
    await session(121);
    expect(await counts()).toEqual({ events: 80, duplicates: 0, rejects: 41 });
    // Nothing is taken for new when it is read again.
    await real.topic.forgetGroup();
    await real.topic.send([at(0)(home[80]!)]);
    await session(122);
    expect(await counts()).toEqual({ events: 81, duplicates: 0, rejects: 41 });
  });

  test('a made-up place of first arrival does not make a worker read again what is stored', async () => {
    const line = eventLine('made-up');
    const headers = reroutedHeaders({ part: 0, pos: 7_777_777, time: 123 });
    await real.topic.send([{ value: line, partition: real.topic.home(line), headers }]);
    await real.topic.send(Array.from({ length: 200 }, (_, n) => ({ value: eventLine(`real-${n}`), partition: 0 })));
    for (let rows = 201; rows < 204; rows += 1) {
      const one = await worker();
      await untilRows(rows);
      await one.stop();
      await real.topic.send([{ value: eventLine(`next-${rows}`), partition: 0 }]);
    }
    expect(await counts()).toEqual({ events: 203, duplicates: 0, rejects: 0 });
  });

  test('records of one made-up place of first arrival are copies of each other only if their bytes are the same', async () => {
    const headers = reroutedHeaders({ part: 1, pos: 5, time: 123 });
    const home = Array.from({ length: 200 }, (_, n) => eventLine(`forged-${n}`)).filter(
      (one) => real.topic.home(one) === 2,
    );
    const [first, second, third, last] = home;
    const elsewhere = eventLine('elsewhere');
    // In one batch: two events, one of them twice, a refused one. In later ones: another event, here and elsewhere.
    await real.topic.send([first!, second!, first!, 'not json'].map((value) => ({ value, partition: 2, headers })));
    const one = await worker();
    await untilRows(3);
    await real.topic.send([third!, second!].map((value) => ({ value, partition: 2, headers })));
    await real.topic.send([{ value: elsewhere, partition: real.topic.home(elsewhere), headers }]);
    await real.topic.send([{ value: last!, partition: 2 }]);
    await untilRows(6);
    await one.stop();
    expect(await counts()).toEqual({ events: 5, duplicates: 0, rejects: 1 });
    // Read again, each is what it was.
    await real.topic.forgetGroup();
    await real.topic.send([{ value: eventLine('marker'), partition: 2 }]);
    const two = await worker();
    await untilRows(7);
    await two.stop();
    expect(await counts()).toEqual({ events: 6, duplicates: 0, rejects: 1 });
  });

  test('a copy that partitions added meanwhile make a stranger where it lies is rerouted once more and stored', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => eventLine(`moved-${n}`));
    const strangers = lines.map((value, pos) => ({
      value,
      partition: (real.topic.home(value) + 1) % 4,
      headers: reroutedHeaders({ part: 3, pos, time: 123 }),
    }));
    // The first ten came twice: whoever passed them on died before it committed.
    await real.topic.send([...strangers, ...strangers.slice(0, 10)]);
    const one = await worker();
    await untilRows(40);
    await one.stop();
    expect(await counts()).toEqual({ events: 40, duplicates: 0, rejects: 0 });
  });

  test('added partitions are read soon; events keep their homes until a worker starts alone with nothing left to read', async () => {
    const homesUsed = async () => {
      const [row] = await real.warehouse.query<{ most: number }>('SELECT max(origin_part) AS most FROM events');
      return row!.most + 1;
    };
    const lines = Array.from({ length: 200 }, (_, n) => eventLine(`grown-${n}`));
    const one = await worker();
    await real.topic.send(lines.slice(0, 50).map((value, n) => ({ value, partition: n % 4 })));
    await untilRows(50);
    await real.topic.grow(9);
    await real.topic.send(lines.slice(0, 100).map((value, n) => ({ value, partition: 4 + (n % 5) })));
    await untilRows(150);
    expect(await counts()).toEqual({ events: 100, duplicates: 50, rejects: 0 });
    expect(await homesUsed()).toBeLessThanOrEqual(4);
    await one.stop();
    const two = await worker();
    // No partition is left to be read when it asks: what is sent later finds the new homes.
    const moved = "SELECT count() AS n FROM partition_claims WHERE part = -1 AND owner = '9' AND topic = {name:String}";
    await vi.waitFor(
      async () => expect(await real.warehouse.query(moved, { name: real.topic.name })).toEqual([{ n: 1 }]),
      {
        timeout: 60_000,
        interval: 100,
      },
    );
    await real.topic.send(lines.map((value, n) => ({ value, partition: n % 9 })));
    await untilRows(350);
    await two.stop();
    expect(await counts()).toEqual({ events: 200, duplicates: 150, rejects: 0 });
    expect(await homesUsed()).toBeGreaterThan(4);
  });

  test('a copy noted before the bytes were is still recognised', async () => {
    const line = eventLine('noted');
    const [part, origin] = [real.topic.home(line), { part: 0, pos: 9, time: 123 }];
    const headers = reroutedHeaders(origin);
    // As a worker of the version before left it: the copy at offset 0 noted, the one at offset 1 sent once more.
    await real.warehouse.insert('forwarded_records', [
      { topic: real.topic.name, from_part: origin.part, from_pos: origin.pos, from_time: origin.time, part, pos: 0 },
    ]);
    await real.topic.send([line, line, eventLine('noted')].map((value) => ({ value, partition: part, headers })));
    await real.topic.send([{ value: 'not json', partition: part }]);
    const one = await worker();
    await untilRows(2);
    await one.stop();
    expect(await counts()).toEqual({ events: 1, duplicates: 0, rejects: 1 });
  });

  test('a warehouse put back to an earlier state gets the later events from the log again', async () => {
    await real.topic.send(Array.from({ length: 100 }, (_, n) => ({ value: eventLine(`e${n}`), partition: n % 4 })));
    const one = await worker();
    await untilRows(100);
    await one.stop();
    await real.warehouse.command('TRUNCATE TABLE events');
    await real.warehouse.command('TRUNCATE TABLE forwarded_records');
    const two = await worker();
    await untilRows(100);
    await two.stop();
    expect(await counts()).toEqual({ events: 100, duplicates: 0, rejects: 0 });
  });
});
