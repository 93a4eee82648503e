/** `status` says in a sentence what is wrong, whatever is down. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSilentServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTopic } from '@hengjian/ingest/stream/log/kafka-client.ts';
import { groupOf } from '@hengjian/ingest/stream/log/topic.ts';
import { loadProject } from '@hengjian/models/runner/project.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import { readEnvironment, removeRunFile, writeRunFile } from '@hengjian/warehouse';
import { freePort } from '@hengjian/warehouse/engine/free-port.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { temporaryBroker } from '../kafka/temporary-broker.ts';
import { openAnsweringWarehouse } from '../open-answering-warehouse.ts';
import { hengjian } from '../testing/front-door.ts';
import { WarehouseAwayError } from '../warehouse-away-error.ts';
import { readNotedLag } from './read-noted-lag.ts';
import { readStatus, type Status } from './status.ts';
import { statusLines } from './status-lines.ts';
import { findSilentScheduler } from './status-scheduler.ts';

let temporary: TemporaryWarehouse;
/** A data directory without an engine of its own: the warehouse is reached by its URL, as a server would be. */
const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-status-'));
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(async () => {
  await temporary?.close();
  rmSync(dataDir, { recursive: true, force: true });
});
const environment = (more: object = {}) => readEnvironment({ HENGJIAN_DATA_DIR: dataDir, ...more });
const open = async () => temporary.warehouse;
const problemsOf = (status: { problems: { problem: string }[] }) => status.problems.map(({ problem }) => problem);
const event = (id: string, recorded_at: string) => ({
  source: '/s',
  id,
  type: 'login.succeeded',
  time: recorded_at,
  department: 'czj',
  recorded_at,
});
const note = (part: number, log_end: number, stored: number, minutes: number) => ({
  noted_at: ago(minutes),
  topic: 'supervision.events',
  part,
  log_start: 0,
  log_end,
  stored,
});
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

test('an empty warehouse: all is well, and how to begin', async () => {
  const status = await readStatus(environment(), open);
  expect(status).toMatchObject({ events: 0, lag: 0, problems: [] });
  expect(statusLines(status)[0]).toBe(
    'All is well, but there are no events yet: hengjian import FILE, or up --demo for an example.',
  );
});

test('the warehouse away: a sentence with the address and without the password, and what else is down', async () => {
  const port = await freePort();
  const env = environment({ CLICKHOUSE_URL: `http://u:secret@127.0.0.1:${port}/x`, KAFKA_BROKERS: '127.0.0.1:1' });
  const status = await readStatus(env, () => openAnsweringWarehouse(env));
  expect(status).toMatchObject({ engine: null, log: { topic: 'supervision.events', lag: null } });
  expect(problemsOf(status)).toEqual(['warehouse_away', 'brokers_away']);
  const text = statusLines(status).join('\n');
  expect(text).toContain('2 things need attention:');
  expect(text).toContain(`The ClickHouse server at 127.0.0.1:${port} does not answer (ECONNREFUSED).`);
  expect(text).toContain('No broker answers at 127.0.0.1:1');
  expect(text + JSON.stringify(status)).not.toContain('secret');
  await expect(readStatus(environment(), () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
});

test('a warehouse and brokers that accept connections and say nothing are away, not waited for', async () => {
  const frozen = createSilentServer(() => {}).listen(0, '127.0.0.1');
  await once(frozen, 'listening');
  const { port } = frozen.address() as AddressInfo;
  const [clickhouse, brokers] = [`http://u:secret@127.0.0.1:${port}/x`, `127.0.0.1:${port}`];
  try {
    const env = environment({ CLICKHOUSE_URL: clickhouse, KAFKA_BROKERS: brokers });
    const status = await readStatus(env, () => openAnsweringWarehouse(env));
    expect(problemsOf(status)).toEqual(['warehouse_away', 'brokers_away']);
    expect(status.problems[0]!.text).toBe(
      `The ClickHouse server at 127.0.0.1:${port} does not answer within 5 seconds.`,
    );
    // Its own words: the client would have waited on.
    expect(status.problems[1]!.text).toContain(`No broker answers at ${brokers} (nothing within 8 seconds)`);
  } finally {
    frozen.close();
  }
});

test('the command: JSON alone on stdout, a sentence on stderr, exit code 69 only if the warehouse is away', async () => {
  const port = await freePort();
  const outcome = await hengjian(['status', '--json'], {
    HENGJIAN_DATA_DIR: dataDir,
    CLICKHOUSE_URL: `http://u:secret@127.0.0.1:${port}/x`,
  });
  expect(outcome.code).toBe(69);
  expect(problemsOf(JSON.parse(outcome.stdout) as { problems: { problem: string }[] })).toEqual(['warehouse_away']);
  expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
  const brokers = await hengjian(['status', '--json'], {
    HENGJIAN_DATA_DIR: dataDir,
    CLICKHOUSE_URL: temporary.url,
    KAFKA_BROKERS: '127.0.0.1:1',
  });
  expect(brokers.code).toBe(0);
  expect(JSON.parse(brokers.stdout)).toMatchObject({ events: 0, by_type: {}, problems: [{ problem: 'brokers_away' }] });
});

test('parts of a running up that are down or not ready are named with their address', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/ok/health/ready') response.end('{}');
    else response.writeHead(503).end(JSON.stringify({ status: 'unavailable', warehouse: 'answers', group: 'joining' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dead = `http://127.0.0.1:${await freePort()}`;
  writeRunFile(dataDir, {
    internalKey: 'k',
    parts: [
      { name: 'ingest', url: `${url}/ok` },
      { name: 'worker', url },
      { name: 'dashboard', url: dead },
    ],
  });
  try {
    const { problems } = await readStatus(environment(), open);
    expect(problems.map(({ text }) => text)).toEqual([
      `The worker at ${url} is not ready (503: warehouse answers; group joining).`,
      `The dashboard at ${dead} does not answer (ECONNREFUSED).`,
    ]);
    expect(problems.map(({ todo }) => todo)).toEqual([
      expect.stringMatching(/^It goes on by itself when what it waits for is there; if it stays like this, its log/),
      expect.stringMatching(/^up starts it again by itself, at once if it died, after a minute if it is frozen; if it/),
    ]);
  } finally {
    removeRunFile(dataDir);
    server.close();
  }
});

test('the cause comes first and is counted, what only follows from it is named so: brokers and engine', async () => {
  const server = createServer((_, response) => {
    response.writeHead(503).end(JSON.stringify({ status: 'unavailable', detail: 'no broker answers.' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dead = `http://127.0.0.1:${await freePort()}`;
  writeRunFile(dataDir, {
    internalKey: 'k',
    parts: [
      { name: 'dashboard', url: dead },
      { name: 'ingest', url },
      { name: 'worker', url: dead },
    ],
  });
  try {
    const broken = environment({ KAFKA_BROKERS: '127.0.0.1:1' });
    const status = await readStatus(broken, open);
    expect(status.problems.map(({ problem, part, because }) => [problem, part?.name, because])).toEqual([
      ['brokers_away', undefined, undefined],
      ['part_down', 'ingest', 'brokers_away'],
      ['part_down', 'worker', 'brokers_away'],
      // It does not need the brokers, so it has a trouble of its own.
      ['part_down', 'dashboard', undefined],
    ]);
    expect(statusLines(status).slice(0, 7)).toEqual([
      '2 things need attention:',
      expect.stringMatching(/^ {2}1\. No broker answers at 127\.0\.0\.1:1/),
      expect.stringMatching(/^ {5}→ Start the brokers/),
      `     Therefore: The ingest at ${url} is not ready (503: no broker answers).`,
      `     Therefore: The worker at ${dead} does not answer (ECONNREFUSED).`,
      `  2. The dashboard at ${dead} does not answer (ECONNREFUSED).`,
      expect.stringMatching(/^ {5}→ /),
    ]);
    const refused = new WarehouseAwayError(environment(), { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' });
    const without = await readStatus(environment(), () => Promise.reject(refused));
    expect(without.problems.map(({ problem, part, because }) => [problem, part?.name, because])).toEqual([
      ['warehouse_away', undefined, undefined],
      ['part_down', 'ingest', 'warehouse_away'],
      ['part_down', 'dashboard', undefined],
      ['part_down', 'worker', undefined],
    ]);
    const both = await readStatus(broken, () => Promise.reject(refused));
    expect(problemsOf(both).slice(0, 2)).toEqual(['warehouse_away', 'brokers_away']);
  } finally {
    removeRunFile(dataDir);
    server.close();
  }
});

test('scores that nobody computes, refused events: each a sentence with what to do', async () => {
  const { warehouse } = temporary;
  await warehouse.insert('events', [event('fresh', ago(0))]);
  expect(await readStatus(environment(), open)).toMatchObject({ events: 1, lag: 1, problems: [] });
  await warehouse.command('TRUNCATE TABLE events');
  await warehouse.insert(
    'events',
    Array.from({ length: 30 }, (_, n) => event(`e${n}`, ago(30))),
  );
  await warehouse.insert(
    'rejects',
    Array.from({ length: 10 }, () => ({
      recorded_at: ago(10),
      reject_id: crypto.randomUUID(),
      reason: 'x',
      source: '/s',
    })),
  );
  const status = await readStatus(environment(), open);
  expect(problemsOf(status)).toEqual(['scores_behind', 'rejects_above_share']);
  expect(statusLines(status).slice(0, 6)).toEqual([
    '2 things need attention:',
    expect.stringMatching(/^ {2}1\. 30 stored events are not in the scores/),
    expect.stringMatching(/^ {5}→ hengjian refresh/),
    expect.stringMatching(
      /^ {2}2\. Of the events of source \/s in the last 60 minutes 25% were refused \(10 of 40\)\./,
    ),
    expect.stringMatching(/n = 40/),
    expect.stringMatching(/^ {5}→ /),
  ]);
  expect(status.problems[1]).toMatchObject({ details: { alert: 'rejects_above_share', n: 40, rejects: 10 } });
  // Events that go on coming do not hide that nobody computes the old ones; those of a moment ago are no news.
  await warehouse.insert('events', [event('newest', ago(0))]);
  await warehouse.insert('refreshes', [{ refreshed_at: ago(20), build: 1, events: 10, error: '' }]);
  expect(problemsOf(await readStatus(environment(), open))).toEqual(['scores_behind', 'rejects_above_share']);
  await warehouse.insert('refreshes', [{ refreshed_at: ago(15), build: 2, events: 30, error: '' }]);
  expect(await readStatus(environment(), open)).toMatchObject({
    lag: 1,
    problems: [{ problem: 'rejects_above_share' }],
  });
  await warehouse.insert('refreshes', [{ refreshed_at: ago(1), build: 3, error: 'no such column: x\nmore' }]);
  expect(problemsOf(await readStatus(environment(), open))).toEqual(['refresh_failed', 'rejects_above_share']);
});

test('no broker answers: the lag is what was last known of it, not 0', async () => {
  const { warehouse } = temporary;
  await warehouse.command('TRUNCATE TABLE events');
  await warehouse.insert('log_notes', [note(0, 900, 100, 2), note(0, 1_000, 700, 1), note(1, 50, 50, 1)]);
  const status = await readStatus(environment({ KAFKA_BROKERS: '127.0.0.1:1' }), open);
  expect(status).toMatchObject({ lag: 300, log: { lag: null, last_known: { lag: 300 } } });
  expect(problemsOf(status)).toContain('brokers_away');
  const { log } = status as Status;
  expect(Math.abs(Date.parse(log!.last_known!.noted_at!) - Date.parse(ago(1)))).toBeLessThan(10_000);
  expect(statusLines(status).join('\n')).toContain(
    `supervision.events: unknown how much waits (300 records at ${log!.last_known!.noted_at})`,
  );
});

test('nobody has looked at the log for a while: said, with when; what was seen then is not told as if it were now', async () => {
  const { warehouse } = temporary;
  const find = (waiting: number, events: number) =>
    findSilentScheduler(warehouse, 'supervision.events', { waiting, events });
  await warehouse.command('TRUNCATE TABLE log_notes');
  expect(await find(0, 0)).toEqual([]);
  expect((await find(0, 5))[0]!.text).toContain('there is no sign of a scheduler.');
  // Two hours ago nothing was stored for ten minutes, while the log grew.
  const grown = Array.from({ length: 12 }, (_, n) => note(0, 5_000 + n * 1_000, 700, 132 - n));
  await warehouse.insert('log_notes', grown);
  const [silent] = await find(1_234, 5);
  expect(silent!.text).toMatch(
    /^Nobody looks at the stream: the scheduler last noted how far the log goes 2 h 1 min ago \(\d{4}-.+\)\. 1,234 records wait there; of a worker there is no sign\.$/,
  );
  expect(silent!.todo).toContain('up --only scheduler');
  await warehouse.insert('partition_notes', [
    { since: ago(61), noted_at: ago(60), writer: 'w', topic: 'supervision.events', part: 0, records: 1 },
  ]);
  expect((await find(1, 5))[0]!.text).toMatch(/1 records wait there; the last sign of a worker is 1 h .*old/);
  const problems = problemsOf(await readStatus(environment({ KAFKA_BROKERS: '127.0.0.1:1' }), open));
  expect(problems).toContain('brokers_away');
  // It cannot be told from brokers that do not answer.
  for (const old of ['scheduler_silent', 'workers_silent', 'lag_growing']) expect(problems).not.toContain(old);
  await warehouse.insert('log_notes', [note(0, 20_000, 700, 1)]);
  expect(await find(1, 5)).toEqual([]);
});

test('what the log dropped by its retention before it was stored is not lag: no worker will ever read it', async () => {
  const { warehouse } = temporary;
  await warehouse.command('TRUNCATE TABLE log_notes');
  await warehouse.insert('log_notes', [
    { noted_at: ago(1), topic: 'supervision.events', part: 0, log_start: 600, log_end: 1_000, stored: 100 },
    { noted_at: ago(1), topic: 'supervision.events', part: 1, log_start: 0, log_end: 50, stored: 20 },
  ]);
  expect(await readNotedLag(warehouse, 'supervision.events')).toMatchObject({ lag: 430 });
  await warehouse.command('TRUNCATE TABLE log_notes');
  expect(await readNotedLag(warehouse, 'supervision.events')).toEqual({ lag: 0, noted_at: null });
});

test.skipIf(!hasJava())(
  `records wait in the log and nothing runs: said, not "all is well"${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 400_000 },
  async () => {
    const broker = await temporaryBroker();
    try {
      const admin = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING }).admin();
      await admin.connect();
      await ensureTopic(admin, 'waiting', console);
      await admin.disconnect();
      const producer = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING }).producer();
      await producer.connect();
      await producer.send({ topic: 'waiting', messages: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] });
      await producer.disconnect();
      // `status` waits for slow brokers for some seconds only; a machine may have no time for them for longer.
      const readWithLag = (more: object = {}) =>
        vi.waitFor(
          async () => {
            const env = environment({ KAFKA_BROKERS: broker.brokers, KAFKA_TOPIC: 'waiting', ...more });
            const status = await readStatus(env, open);
            expect(status.log).toMatchObject({ lag: expect.any(Number) });
            return status;
          },
          { timeout: 180_000, interval: 500 },
        );
      const status = await readWithLag();
      expect(status.log).toMatchObject({ lag: 3 });
      expect(statusLines(status).join('\n')).toContain('3 records wait in the log and nothing stores them');
      const elsewhere = { CLICKHOUSE_URL: temporary.url };
      const noted = { topic: 'waiting', part: 0, log_start: 0, log_end: 9_000, stored: 1 };
      const notes = Array.from({ length: 12 }, (_, n) => ({ ...noted, noted_at: ago(30 - n) }));
      await temporary.warehouse.insert('log_notes', notes);
      const orphaned = await readWithLag(elsewhere);
      // The workers may be elsewhere; that nobody looks is sure, and what was seen half an hour ago is no longer told.
      expect(problemsOf(orphaned)).toEqual(expect.arrayContaining(['scheduler_silent']));
      for (const old of ['nothing_runs', 'workers_silent', 'lag_growing', 'lag_unknown'])
        expect(problemsOf(orphaned)).not.toContain(old);
      expect(statusLines(orphaned).join('\n')).toMatch(
        /last noted how far the log goes (19|2\d) min .+ 3 records wait there/,
      );
      expect(orphaned.log).toMatchObject({ lag: 3 });
      await temporary.warehouse.insert('log_notes', [{ ...noted, noted_at: ago(0), log_end: 3 }]);
      const watched = await readWithLag(elsewhere);
      expect(problemsOf(watched)).not.toContain('scheduler_silent');
      // Long before the alert of two minutes: the brokers know.
      expect(watched).toMatchObject({ log: { workers: 0 } });
      expect(problemsOf(watched)).toContain('no_worker');
      expect(statusLines(watched).join('\n')).toContain(
        '3 records wait in the log and no worker is there to store them: the group hengjian.waiting has no members.',
      );
      const consumer = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING }).consumer({
        groupId: groupOf('waiting'),
      });
      await consumer.connect();
      await consumer.subscribe({ topic: 'waiting' });
      const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
      await consumer.run({ autoCommit: false, eachBatch: async () => {} });
      await joined;
      const attended = await readWithLag(elsewhere);
      expect(attended).toMatchObject({ log: { workers: 1, lag: 3 } });
      expect(problemsOf(attended)).not.toContain('no_worker');
      await consumer.disconnect();
    } finally {
      await broker.close();
    }
  },
);

test('what counts nowhere is told as text and as JSON, with an example and what to do, until what is missing has come', async () => {
  const [source, time] = ['https://t.example/x', '2025-04-08T09:00:00+08:00'];
  const attended = { meeting_id: 'M-9', status: 'present' };
  await loadEvents(temporary.warehouse, [
    { source, id: 'n-1', type: 'login.succeeded', time, department: 'CZJ', data: { account: 'a' } },
    { source, id: 'n-2', type: 'meeting.attended', time, department: 'scjg', data: attended },
  ]);
  await temporary.warehouse.insert('rejects', [
    {
      ...{ recorded_at: time.slice(0, 19).replace('T', ' '), reject_id: crypto.randomUUID(), reason: 'not_granted' },
      ...{ detail: 'draw.executed: data.task_id "T" is not there so far, and whoever …', source },
    },
  ]);
  const asked = async (...args: string[]) => {
    await refresh(temporary.warehouse, loadProject());
    const { stdout } = await hengjian(['status', ...args], {
      HENGJIAN_DATA_DIR: dataDir,
      CLICKHOUSE_URL: temporary.url,
    });
    return stdout;
  };
  const unit = { kind: 'unknown_unit', value: 'CZJ', events: 1, since: '2025-04-08T09:00:00.000000+08:00' };
  const json = JSON.parse(await asked('--json')) as Status;
  expect(json.uncounted).toEqual([
    { ...unit, kind: 'unknown_meeting', value: 'M-9', example: { source, id: 'n-2' } },
    { ...unit, example: { source, id: 'n-1' } },
  ]);
  expect(problemsOf(json).filter((problem) => problem === 'events_uncounted')).toHaveLength(2);
  const text = await asked();
  expect(text).toContain(
    '1 event (since 2025-04-08 09:00) speak of a meeting that nobody entered and is counted nowhere: M-9.',
  );
  expect(text).toContain('For example the event n-2 of https://t.example/x.');
  expect(json.waiting).toBe(1);
  expect(text).toMatch(/^Waiting +1 of the rejected came ahead of .*: hengjian rejects replay --reason not_granted$/m);
  expect(text).toContain('→ Ask the office to enter the meeting (with the same meeting_id)');
  await loadEvents(temporary.warehouse, [
    {
      source,
      id: 'n-3',
      type: 'meeting.held',
      time,
      department: 'office',
      data: { meeting_id: 'M-9', required: ['scjg'] },
    },
    {
      source,
      id: 'n-4',
      type: 'event.voided',
      time,
      department: 'office',
      data: { event_source: source, event_id: 'n-1', reason: 'r' },
    },
  ]);
  expect((JSON.parse(await asked('--json')) as Status).uncounted).toEqual([]);
  expect(await asked()).not.toContain('counted nowhere');
});
