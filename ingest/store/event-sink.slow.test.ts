import { setTimeout as pause } from 'node:timers/promises';
import type { Origin } from '@hengjian/contract/event-writer.ts';
import { unrestrictedRights } from '@hengjian/contract/write-rights.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createKey } from '../edge/keys/key-log.ts';
import { importBytes } from '../files/import-bytes.ts';
import { lineReceiver } from '../files/line-receiver.ts';
import { line } from '../testing/event.ts';
import { startEdge } from '../testing/start-edge.ts';
import { EventSink, type SinkOptions } from './event-sink.ts';
import { NO_REQUEST } from './origin.ts';

const ORIGIN: Origin = { kind: 'file', name: 'test', part: 0, request: NO_REQUEST };
const RIGHTS = unrestrictedRights('test');

let temporary: TemporaryWarehouse;
let warehouse: Warehouse;
const sinks: EventSink[] = [];
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  warehouse = temporary.warehouse;
});
afterAll(() => temporary.close());
beforeEach(async () => {
  for (const table of ['events', 'rejects', 'duplicates']) await warehouse.command(`TRUNCATE TABLE ${table}`);
});
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.stop();
});

function open(options: Partial<SinkOptions> = {}): EventSink {
  const sink = new EventSink({ warehouse, ...options });
  sinks.push(sink);
  return sink;
}

function hand(sink: EventSink, ...lines: string[]) {
  const submission = sink.open({ origin: ORIGIN, rights: RIGHTS });
  for (const [index, text] of lines.entries()) {
    const bytes = Buffer.from(text);
    sink.take(submission, bytes, 0, bytes.length, index, true);
  }
  return sink.flush(submission);
}

/** The warehouse, with some of its methods in other hands. */
const changed = (changes: Partial<Warehouse>): Warehouse => ({ ...warehouse, ...changes });

const count = async (table: string) =>
  (await warehouse.query<{ n: number }>(`SELECT count() AS n FROM {table:Identifier}`, { table }))[0]!.n;
const books = async () =>
  (
    await warehouse.query(
      'SELECT (SELECT count() FROM events) AS events, (SELECT uniqExact(source, id) FROM events) AS distinct, (SELECT count() FROM duplicates) AS duplicates, (SELECT count() FROM rejects) AS rejects',
    )
  )[0];

test('a block is filled for as long as all its callers have patience, and stored when it is full', async () => {
  const stored: number[] = [];
  const sink = open({ onStored: ({ events }) => stored.push(events) });
  await sink.ready();
  const patient = (ids: number[]) => {
    const submission = sink.open({ origin: ORIGIN, rights: RIGHTS });
    for (const id of ids) {
      const bytes = Buffer.from(line({ id: `patient-${id}` }));
      sink.take(submission, bytes, 0, bytes.length, id, true);
    }
    return sink.flush(submission, 3_600_000);
  };
  const first = patient([0, 1]);
  await pause(50);
  expect(stored).toEqual([]);
  await hand(sink, line({ id: 'in-a-hurry' }));
  await first;
  expect(stored).toEqual([3]);
  await patient(Array.from({ length: 100_000 }, (_, n) => n + 2));
  expect(stored).toEqual([3, 100_000]);
});

describe('duplicates', () => {
  test('within a call, between waiting calls, between sinks', async () => {
    const text = line({ id: 'twice' });
    const first = open();
    const outcomes = await Promise.all([hand(first, text, text), hand(first, text)]);
    expect(outcomes.map(({ accepted, duplicate }) => [accepted, duplicate])).toEqual([
      [1, 1],
      [0, 1],
    ]);
    const second = open();
    // Before its filter is filled each key is looked up.
    expect(await hand(second, text, line({ id: 'new' }))).toMatchObject({ accepted: 1, duplicate: 1 });
    await second.ready();
    expect(await hand(second, text, line({ id: 'new' }))).toMatchObject({ accepted: 0, duplicate: 2 });
    expect(await books()).toEqual({ events: 2, distinct: 2, duplicates: 5, rejects: 0 });
  });

  test('keys with quotes, backslashes, commas and foreign letters are looked up as they are', async () => {
    const ids = [`'`, `"`, '\\', `a',b`, '[]', '\t', '甲😀', '\\N', 'NULL', '{ids0:Array(String)}'];
    const lines = ids.map((id) => line({ id }));
    expect(await hand(open(), ...lines)).toMatchObject({ accepted: ids.length });
    const stored = await warehouse.query<{ id: string }>('SELECT id FROM events');
    expect(new Set(stored.map(({ id }) => id))).toEqual(new Set(ids));
    expect(await hand(open(), ...lines)).toMatchObject({ accepted: 0, duplicate: ids.length });
  });

  test('many long ids are looked up in pieces', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => line({ id: `${'长'.repeat(40)}-${index}` }));
    expect(await hand(open(), ...lines)).toMatchObject({ accepted: 30_000 });
    expect(await hand(open(), ...lines, line())).toMatchObject({ accepted: 1, duplicate: 30_000 });
  });

  test('ids are found through the order of ids, not by reading everything', async () => {
    await warehouse.command(
      "INSERT INTO events (source, id, type, time, recorded_at) SELECT 's', toString(cityHash64(number)), toString(number % 9), now() - number * 61 % 86400, now64(6) FROM numbers(100000)",
    );
    const plan = await warehouse.query<{ explain: string }>(
      'EXPLAIN indexes = 1 SELECT DISTINCT source, id FROM events WHERE id IN {ids:Array(String)}',
      { ids: ['a', 'b'] },
    );
    expect(plan.map(({ explain }) => explain).join('\n')).toMatch(/\(by_id\)/);
  });
});

describe('failures', () => {
  test('a block that cannot be stored fails its callers; the same events are accepted later (langfuse#16017, betterlytics#1038)', async () => {
    let broken = true;
    const insertNative: Warehouse['insertNative'] = (...args) => {
      if (broken) return Promise.reject(new Error('no such table'));
      return warehouse.insertNative(...args);
    };
    const sink = open({ warehouse: changed({ insertNative }) });
    await sink.ready();
    const text = line({ id: 'later' });
    const [first, second] = await Promise.allSettled([hand(sink, text), hand(sink, text)]);
    expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
    broken = false;
    expect(await hand(sink, text)).toMatchObject({ accepted: 1, duplicate: 0 });
    expect(await books()).toMatchObject({ events: 1, duplicates: 0 });
  });

  test('a duplicate of an event that is being stored fails together with it', async () => {
    let fail = (_: Error) => {};
    let started = () => {};
    const storing = new Promise<void>((resolve) => (started = resolve));
    const sink = open({
      warehouse: changed({
        insertNative: () => {
          started();
          return new Promise((_, reject) => (fail = reject));
        },
      }),
    });
    await sink.ready();
    const text = line({ id: 'both' });
    const first = hand(sink, text);
    await storing;
    const second = hand(sink, text);
    fail(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await expect(second).rejects.toThrow('gone');
  });

  test('an acknowledgement that was lost: the rows are stored once', async () => {
    let lost = 0;
    const insertNative: Warehouse['insertNative'] = async (table, columns, body, options) => {
      await warehouse.insertNative(table, columns, body, options);
      lost += 1;
      options?.onRetry?.(new Error('away'));
      await warehouse.insertNative(table, columns, body, options);
    };
    const sink = open({ warehouse: changed({ insertNative }) });
    const text = line({ id: 'ack' });
    expect(await hand(sink, text, text, '{')).toMatchObject({ accepted: 1, duplicate: 1, rejected: 1 });
    expect(lost).toBe(3);
    expect(await books()).toEqual({ events: 1, distinct: 1, duplicates: 1, rejects: 1 });
  });

  test('a token that outlived its rows: the rows are sent again under another', async () => {
    const tokens: (string | undefined)[] = [];
    const insertNative: Warehouse['insertNative'] = async (table, columns, body, options) => {
      tokens.push(options?.token);
      if (tokens.length === 1) options?.onRetry?.(new Error('away'));
      else await warehouse.insertNative(table, columns, body, options);
    };
    const sink = open({ warehouse: changed({ insertNative }) });
    expect(await hand(sink, line({ id: 'hole' }))).toMatchObject({ accepted: 1 });
    expect(new Set(tokens).size).toBe(2);
    expect(await count('events')).toBe(1);
  });

  test.each([
    ['small events', (n: number) => line({ id: `${n}` }), 500_000],
    ['long data', (n: number) => line({ id: `${n}`, data: { account: 'a'.repeat(50_000) } }), 2_500],
    ['long extensions', (n: number) => line({ id: `${n}`, padding: 'a'.repeat(50_000) }), 2_500],
    ['long texts in what is refused', (n: number) => line({ id: `${n}`, type: 'a'.repeat(50_000) }), 2_500],
  ])('pending events are bounded, with %s: there is no room while blocks wait', async (_, lineOf, most) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const insertNative: Warehouse['insertNative'] = async (...args) => {
      await held;
      return warehouse.insertNative(...args);
    };
    const sink = open({ warehouse: changed({ insertNative }) });
    await sink.ready();
    const submission = sink.open({ origin: ORIGIN, rights: RIGHTS });
    let taken = 0;
    for (; sink.hasRoom() && taken < most; taken += 1) {
      const bytes = Buffer.from(lineOf(taken));
      sink.take(submission, bytes, 0, bytes.length, taken, true);
    }
    expect(taken).toBeLessThan(most);
    const room = sink.room();
    release();
    await room;
    const { accepted, rejected } = await sink.flush(submission);
    expect(accepted + rejected).toBe(taken);
    expect((await count('events')) + (await count('rejects'))).toBe(taken);
  });
});

describe('two blocks at once', () => {
  test('a duplicate of what the first one lost fails with it, though its own block is stored; sent again all is there once', async () => {
    let lose = (_: Error) => {};
    let inserts = 0;
    const insertNative: Warehouse['insertNative'] = (...args) => {
      inserts += 1;
      if (inserts === 1) return new Promise((_, reject) => (lose = reject));
      return warehouse.insertNative(...args);
    };
    const stored: number[] = [];
    const sink = open({
      blocksAtOnce: 2,
      warehouse: changed({ insertNative }),
      onStored: ({ events }) => stored.push(events),
    });
    await sink.ready();
    const [twice, other] = [line({ id: 'twice' }), line({ id: 'other' })];
    const first = hand(sink, twice);
    while (inserts === 0) await pause(5);
    const second = hand(sink, twice, other);
    while (stored.length === 0) await pause(5);
    expect(await books()).toEqual({ events: 1, distinct: 1, duplicates: 1, rejects: 0 });
    lose(new Error('lost'));
    await expect(first).rejects.toThrow('lost');
    await expect(second).rejects.toThrow('lost');
    expect(await hand(sink, twice, other)).toMatchObject({ accepted: 1, duplicate: 1 });
    expect(await books()).toMatchObject({ events: 2, distinct: 2 });
  });

  test('many full blocks with events that come again far behind: each is stored once', async () => {
    const sink = open({ blocksAtOnce: 2 });
    await sink.ready();
    function* chunks() {
      for (let first = 0; first < 450_000; first += 5_000) {
        const lines = Array.from({ length: 5_000 }, (_, index) => line({ id: `wide-${first + index}` }));
        // One from the block before, one from several before.
        lines.push(line({ id: `wide-${Math.max(0, first - 60_000)}` }), line({ id: `wide-${first % 40_000}` }));
        yield Buffer.from(`${lines.join('\n')}\n`);
      }
    }
    const outcome = await importBytes(chunks(), lineReceiver(sink, { origin: ORIGIN, rights: RIGHTS }));
    expect(outcome).toEqual({ read: 450_180, accepted: 450_000, duplicate: 180, rejected: 0 });
    expect(await books()).toEqual({ events: 450_000, distinct: 450_000, duplicates: 180, rejects: 0 });
  });
});

test('callers of the same moment, one whose events are stored and one whose are not: both are served', async () => {
  const sink = open();
  await sink.ready();
  const [first, second] = [
    sink.open({ origin: ORIGIN, rights: RIGHTS }),
    sink.open({ origin: ORIGIN, rights: RIGHTS }),
  ];
  const take = (submission: typeof first, id: string) => {
    const bytes = Buffer.from(line({ id }));
    sink.take(submission, bytes, 0, bytes.length, 0, true);
  };
  take(first, 'first');
  await sink.flush(first);
  take(second, 'second');
  await Promise.all([sink.flush(first), sink.flush(second)]);
  expect(await count('events')).toBe(2);
});

describe('the engine is killed', () => {
  /** Kills the engine again and again until told to stop. */
  function killing(kills: number) {
    let done = 0;
    let ended = false;
    const finished = (async () => {
      while (done < kills && !ended) {
        await pause(150 + ((done * 137) % 400));
        const pid = temporary.engine.pid();
        if (pid === undefined) continue;
        process.kill(pid, 'SIGKILL');
        done += 1;
      }
    })();
    return {
      get done() {
        return done;
      },
      async end() {
        ended = true;
        await finished;
      },
    };
  }

  test.each([1, 2] as const)(
    'during an import that stores %i blocks at once: nothing lost, nothing doubled',
    async (blocksAtOnce) => {
      const kills = killing(6);
      const sink = open({ blocksAtOnce });
      let events = 0;
      function* chunks() {
        // Goes on until all kills have happened while it was under way.
        while (kills.done < 6 || events < 150_000) {
          const lines = Array.from({ length: 5_000 }, (_, index) => line({ id: `kill-${events + index}` }));
          lines.push(line({ id: `kill-${events}` }), '{"broken');
          events += 5_000;
          yield Buffer.from(`${lines.join('\n')}\n`);
        }
      }
      const outcome = await importBytes(chunks(), lineReceiver(sink, { origin: ORIGIN, rights: RIGHTS }));
      await kills.end();
      expect(kills.done).toBe(6);
      const repeated = events / 5_000;
      expect(outcome).toEqual({
        read: events + 2 * repeated,
        accepted: events,
        duplicate: repeated,
        rejected: repeated,
      });
      expect(await books()).toEqual({ events, distinct: events, duplicates: repeated, rejects: repeated });
    },
  );

  test('during HTTP ingest: what was acknowledged is there, once', async () => {
    const logger = pino({ level: 'silent' });
    const part = await startEdge({
      warehouse,
      environment: {
        clickhouseUrl: undefined,
        dataDir: temporary.dataDir,
        ingestPort: 0,
        listenHost: '127.0.0.1',
        kafkaBrokers: [],
        kafkaTopic: '',
      },
      logger,
    });
    const key = await createKey(warehouse, { name: `kill-${Date.now()}` });
    const kills = killing(6);
    const acknowledged = new Set<string>();
    let accepted = 0;
    let duplicate = 0;
    let sent = 0;
    const sender = async (name: string) => {
      for (let batch = 0; kills.done < 6 || batch < 20; batch += 1) {
        const ids = Array.from({ length: 20 }, (_, index) => `${name}-${batch}-${index}`);
        const body = [...ids, ids[0]].map((id) => line({ id })).join('\n');
        sent += 21;
        // A sender of good manners repeats what was not acknowledged.
        for (;;) {
          const response = await fetch(`${part.url}/v1/events`, {
            method: 'POST',
            headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
            body,
          });
          const answer = (await response.json()) as { accepted: number; duplicate: number };
          if (response.status === 202) {
            accepted += answer.accepted;
            duplicate += answer.duplicate;
            break;
          }
          expect(response.status).toBe(503);
          await pause(50);
        }
        for (const id of ids) acknowledged.add(id);
      }
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(sender));
    await kills.end();
    await part.stop();
    expect(accepted + duplicate).toBe(sent);
    const stored = await warehouse.query<{ id: string }>('SELECT id FROM events');
    expect(stored.length).toBe(acknowledged.size);
    expect(new Set(stored.map(({ id }) => id))).toEqual(acknowledged);
  });
});
