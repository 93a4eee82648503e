/**
 * What went wrong in systems like this one (public issue threads), each by its name, on a real broker and engine.
 * Those about materialized views (errors that block or half-apply an insert, slow ones that slow all, rows missed while
 * one is made anew) cannot happen: there is none, which is held by a test here; models are built apart from inserts and
 * compare counts (models/runner/stage-events.ts). Longer outages, full disks, set clocks and rebalances at random are in
 * operations/chaos; consumers that restart for ever, in restarting.test.ts; lag that nobody sees, also in seeing.test.ts.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { sharedBroker } from '@hengjian/operations/kafka/shared-broker.ts';
import { type SupervisedPart, supervisePart } from '@hengjian/operations/up/supervise-part.ts';
import { ConfigResourceTypes } from 'kafkajs';
import { describe, expect, test, vi } from 'vitest';
import { claimHomes, claimPartitions } from './partition-claims.ts';
import { brokerAndEngine } from './testing/broker-and-engine.ts';
import { runWorker } from './testing/run-worker.ts';
import { eventLine } from './testing/test-topic.ts';
import { workerEnvironment } from './testing/worker-environment.ts';
import { workerMetrics } from './worker-metrics.ts';

const PARTITIONS = 4;
const lines = (count: number, name: string) =>
  Array.from({ length: count }, (_, n) => ({ value: eventLine(`${name}-${n}`), partition: n % PARTITIONS }));

describe.skipIf(!hasJava())(`incidents${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`, { timeout: 400_000 }, () => {
  const real = brokerAndEngine({ startBroker: sharedBroker, partitions: PARTITIONS });
  const { worker, counts, untilRows } = real;
  const committed = async () =>
    [...(await real.topic.committed()).values()].reduce((sum, offset) => sum + Math.max(0, offset), 0);

  test('rows dropped silently after retries while success went upstream (langfuse#13468, #15730, #15959); dedup marker written before the write succeeded (langfuse#16017); the first failed insert killed the writer (betterlytics#1038, superbank#12)', async () => {
    const { warehouse } = real;
    await warehouse.command('RENAME TABLE events TO events_away');
    await real.topic.send(lines(200, 'refused'));
    const one = await worker();
    try {
      await vi.waitUntil(() => one.failures.length >= 2, { timeout: 180_000, interval: 100 });
      expect(await committed()).toBe(0);
    } finally {
      await warehouse.command('RENAME TABLE events_away TO events');
    }
    await untilRows(200);
    await one.stop();
    expect(await counts()).toEqual({ events: 200, duplicates: 0, rejects: 0 });
  });

  test('data not recovered after ClickHouse was away; no way to replay (langfuse#6380, unkey#4401)', async () => {
    const one = await worker();
    for (let round = 0; round < 4; round += 1) {
      await real.topic.send(lines(100, `away-${round}`));
      const killed = real.temporary.engine.pid()!;
      process.kill(killed, 'SIGKILL');
      const isBack = () => ![undefined, killed].includes(real.temporary.engine.pid());
      await vi.waitUntil(isBack, { timeout: 180_000, interval: 20 });
    }
    await untilRows(400);
    await one.stop();
    expect(await counts()).toEqual({ events: 400, duplicates: 0, rejects: 0 });
    // As after the restore of an empty backup; refused events are replayed by `rejects replay` (ingest/rejects).
    for (const table of ['events', 'forwarded_records']) await real.warehouse.command(`TRUNCATE TABLE ${table}`);
    const again = await worker();
    await untilRows(400);
    await again.stop();
    expect(await counts()).toEqual({ events: 400, duplicates: 0, rejects: 0 });
  });

  test('too many partitions per block (ClickHouse#23178, #14007)', async () => {
    const years = Array.from({ length: 600 }, (_, n) => {
      const value = eventLine(`years-${n}`).replace('2025-04', `20${10 + (n % 16)}-0${1 + (n % 9)}`);
      return { value, partition: real.topic.home(value) };
    });
    await real.topic.send(years);
    const one = await worker();
    await untilRows(600);
    await one.stop();
    // Legal times of sixteen years, one partition: that of the month of recording.
    const parts = await real.warehouse.query<{ years: number; partitions: number }>(
      'SELECT uniqExact(toYear(time)) AS years, uniqExact(_partition_id) AS partitions FROM events WHERE origin = {name:String}',
      { name: real.topic.name },
    );
    expect(parts).toEqual([{ years: 16, partitions: 1 }]);
  });

  test('too many parts from small inserts (ClickHouse#71443, #7849)', async () => {
    const one = await worker();
    await one.joined;
    await Promise.all(lines(200, 'small').map((record) => real.topic.send([record])));
    await untilRows(200);
    await one.stop();
    const [row] = await real.warehouse.query<{ blocks: number; seconds: number }>(
      'SELECT uniqExact(recorded_at) AS blocks, dateDiff(second, min(recorded_at), max(recorded_at)) AS seconds FROM events WHERE origin = {name:String}',
      { name: real.topic.name },
    );
    // The broker gathers for half a second, however long they took to come; each partition may be answered on its own.
    expect(row!.blocks).toBeLessThanOrEqual((row!.seconds + 2) * 2 * PARTITIONS);
  });

  test('a materialized view’s error blocked or half-applied the insert, a slow one slowed all (ClickHouse#14584, #61360, #59818); missed rows while one was re-created (dbt-clickhouse#567, #612): there is none', async () => {
    const views = await real.warehouse.query(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'MaterializedView'",
    );
    expect(views).toEqual([]);
  });

  test('hours of lag invisible to users (PostHog#13447, #57573, #17273, #21024): a worker tells its own, more in seeing.test.ts', async () => {
    const metrics = workerMetrics();
    // Also while nothing is stored, as when the warehouse is away.
    metrics.fetched({ part: 2, first: 100, end: 4_821 });
    expect(metrics.lag()).toBe(4_721);
    metrics.fetched({ part: 2, first: 110, end: 4_821 });
    metrics.batch({ part: 2, first: 100, last: 109, records: 10, leftOut: 0, rerouted: 0, lag: 4_711 });
    expect(metrics.lag()).toBe(4_711);
    expect(await metrics.registry.metrics()).toContain('hengjian_worker_lag_records{partition="2"} 4711');
    metrics.passed({ part: 2, last: 4_820 });
    expect(metrics.lag()).toBe(0);
    metrics.assigned([]);
    expect(await metrics.registry.metrics()).not.toContain('hengjian_worker_lag_records{');
  });

  test('disk filled by old topic data and system logs (PostHog#57573, langfuse#17813)', async () => {
    // As the broker runs, not as its file reads: a topic of the product takes the broker's bounds, in time and in bytes.
    const admin = real.topic.kafka.admin();
    await admin.connect();
    const described = async (type: ConfigResourceTypes, name: string) => {
      const { resources } = await admin.describeConfigs({ resources: [{ type, name }], includeSynonyms: false });
      return new Map(resources[0]!.configEntries.map((entry) => [entry.configName, entry.configValue]));
    };
    const [ofTopic, ofGroups, ofBroker] = await Promise.all([
      described(ConfigResourceTypes.TOPIC, real.topic.name),
      described(ConfigResourceTypes.TOPIC, '__consumer_offsets'),
      described(ConfigResourceTypes.BROKER, '1'),
    ]);
    await admin.disconnect();
    const days = 24 * 3_600_000;
    expect(ofTopic.get('cleanup.policy')).toBe('delete');
    expect(Number(ofTopic.get('retention.ms'))).toBe(7 * days);
    const bytes = Number(ofTopic.get('retention.bytes')) + Number(ofTopic.get('segment.bytes'));
    expect(bytes).toBeGreaterThan(Number(ofTopic.get('segment.bytes')));
    // Eight partitions stay below ten gigabytes.
    expect(bytes * 8).toBeLessThan(10e9);
    expect(ofGroups.get('cleanup.policy')).toBe('compact');
    for (const name of ['metadata.max.retention.bytes', 'metadata.max.retention.ms', 'offsets.retention.minutes'])
      expect(Number(ofBroker.get(name)), name).toBeGreaterThan(0);

    // Of the engine's own logs there is none; of the product's notes about itself, a month.
    const { warehouse } = real;
    const logs = await warehouse.query(
      "SELECT name FROM system.tables WHERE database = 'system' AND name LIKE '%\\_log' AND engine LIKE '%MergeTree'",
    );
    expect(logs).toEqual([]);
    const notes = await warehouse.query<{ name: string; bounded: number }>(
      "SELECT name, match(engine_full, 'TTL .*toIntervalDay') AS bounded FROM system.tables WHERE database = currentDatabase() AND name LIKE '%\\_notes' ORDER BY name",
    );
    expect(notes).toEqual(['insert_notes', 'log_notes', 'partition_notes'].map((name) => ({ name, bounded: 1 })));
  });

  test('consumer silently stuck after a rebalance (kafkajs#659, #1527, #1720)', async () => {
    const stay = await worker();
    for (let round = 0; round < 4; round += 1) {
      const guest = await worker();
      await real.topic.send(lines(150, `rebalance-${round}`));
      await pause(400);
      await guest.stop();
      await real.topic.send(lines(150, `rebalanced-${round}`));
    }
    await untilRows(1_200);
    await stay.stop();
    expect(await counts()).toEqual({ events: 1_200, duplicates: 0, rejects: 0 });
  });

  test('resolveOffset is a last-write-wins pointer (kafkajs#1125, #320); commitOffsetsIfNecessary does nothing without thresholds (#1729)', async () => {
    const { warehouse } = real;
    // The first block takes long; batches behind it are fetched and resolved meanwhile.
    let blocks = 0;
    const slow: typeof warehouse = {
      ...warehouse,
      async insertNative(...args) {
        blocks += 1;
        if (blocks === 1) await pause(4_000);
        return warehouse.insertNative(...args);
      },
    };
    const taken: number[] = [];
    const one = await runWorker({
      topic: real.topic,
      warehouse: slow,
      observer: { batch: ({ records }) => taken.push(records) },
    });
    await one.joined;
    const atHome = (count: number, name: string) =>
      lines(count, name).map((record) => ({ ...record, partition: real.topic.home(record.value) }));
    let ahead = 0;
    let sent = 0;
    for (let round = 0; round < 12; round += 1) {
      await real.topic.send(atHome(100, `committed-${round}`));
      sent += 100;
      // Commits first: rows that come in between are to their favour.
      const [offsets, { events }] = [await committed(), await counts()];
      ahead = Math.max(ahead, offsets - events);
      await pause(500);
    }
    await untilRows(sent);
    await real.topic.untilRead();
    await one.stop();
    expect(taken.length).toBeGreaterThan(PARTITIONS);
    expect(ahead).toBe(0);
    expect(await committed()).toBe(sent);
  });

  test('deletes and mutations ate the memory; dashboards slow from dedup at read time or unbounded scans (langfuse#7764, #15753, lago-api#5949)', async () => {
    expect(
      await real.warehouse.query(
        "SELECT table FROM system.mutations WHERE database = currentDatabase() AND match(command, 'DELETE|UPDATE')",
      ),
    ).toEqual([]);
    const engines = await real.warehouse.query<{ engine: string }>(
      "SELECT DISTINCT engine FROM system.tables WHERE database = currentDatabase() AND name IN ('events', 'duplicates', 'rejects')",
    );
    expect(engines).toEqual([{ engine: 'MergeTree' }]);
    // Whatever a page asks has an end: pages read through the read-only user. Indexes: models/queries and its tests.
    const limits = await real.temporary.reader.query<{ name: string; value: string }>(
      "SELECT name, value FROM system.settings WHERE name IN ('max_execution_time', 'max_memory_usage')",
    );
    expect(limits.length).toBe(2);
    for (const { value } of limits) expect(Number(value)).toBeGreaterThan(0);
  });

  /** One row as a worker inserts it: only under its claim. */
  const insertId = (id: string, guard: Awaited<ReturnType<typeof claimPartitions>>) => {
    const text = (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
    const row = Buffer.concat([Buffer.from([1, 1]), text('id'), text('String'), text(id)]);
    return real.warehouse.insertNative('events', ['id'], row, { guard, structure: 'id String', token: id });
  };

  test('an owner that lost its partitions cannot write beside its successor', async () => {
    const { warehouse } = real;
    const homes = await claimHomes(warehouse, real.topic.name, 4, false);
    const first = await claimPartitions(warehouse, real.topic.name, [0, 1], homes);
    await insertId('by-first', first);
    const second = await claimPartitions(warehouse, real.topic.name, [1, 2], homes);
    await expect(insertId('too-late', first)).rejects.toThrow(/another worker has claimed/);
    await insertId('by-second', second);
    const ids = await warehouse.query(
      "SELECT id FROM events WHERE id IN ('by-first', 'too-late', 'by-second') ORDER BY id",
    );
    expect(ids).toEqual([{ id: 'by-first' }, { id: 'by-second' }]);
  });

  test('an owner that looks for homes elsewhere cannot write beside one that knows where they are now', async () => {
    const { warehouse } = real;
    const { name } = real.topic;
    const claim = async (parts: number[], partitions: number, mayMove = false) =>
      claimPartitions(warehouse, name, parts, await claimHomes(warehouse, name, partitions, mayMove));
    const first = await claim([0, 1], 4);
    const peer = await claim([2, 3], 4);
    for (const guard of [first, peer]) await insertId(randomUUID(), guard);
    // Partitions were added: homes stay where they are, and nothing changes for the others.
    expect(await claimHomes(warehouse, name, 5, false)).toBe(4);
    const again = await claim([2, 3, 4], 5);
    for (const guard of [first, again]) await insertId(randomUUID(), guard);
    const alone = await claim([2, 3, 4], 5, true);
    for (const guard of [first, again]) await expect(insertId('too-late-too', guard)).rejects.toThrow(/another worker/);
    await insertId(randomUUID(), alone);
    // A topic that was created anew may have fewer.
    const fewer = await claim([0, 1], 2);
    await expect(insertId('too-late-too', alone)).rejects.toThrow(/another worker/);
    await insertId(randomUUID(), fewer);
    expect(await warehouse.query("SELECT id FROM events WHERE id = 'too-late-too'")).toEqual([]);
  });

  test('a worker whose partitions another claims without the group’s knowing ends, and starts afresh', async () => {
    const one = await worker();
    await one.joined;
    await real.topic.send(lines(200, 'before'));
    await untilRows(200);
    await claimPartitions(real.warehouse, real.topic.name, [0, 1, 2, 3], 4);
    await real.topic.send(lines(200, 'after'));
    await untilRows(400);
    await one.stop();
    expect(one.failures.map(({ message }) => message)).toEqual([
      expect.stringContaining('another worker has claimed a partition'),
    ]);
    expect(await counts()).toEqual({ events: 400, duplicates: 0, rejects: 0 });
  });

  test('a worker that was stopped in its tracks for longer than its session comes back: nothing is doubled', async () => {
    const env = workerEnvironment(real.temporary, real.topic);
    const parts: SupervisedPart[] = [];
    try {
      for (let n = 0; n < 2; n += 1) parts.push(await supervisePart('worker', env, { output: 2 }, () => {}));
      await real.topic.send(lines(20_000, 'frozen'));
      const frozen = parts[0]!.pid()!;
      process.kill(frozen, 'SIGSTOP');
      await real.topic.send(lines(20_000, 'thawed'));
      await pause(14_000);
      process.kill(frozen, 'SIGCONT');
      await untilRows(40_000);
      await pause(1_000);
      expect(await counts()).toEqual({ events: 40_000, duplicates: 0, rejects: 0 });
    } finally {
      await Promise.all(parts.map((part) => part.stop(5_000)));
    }
  });
});
