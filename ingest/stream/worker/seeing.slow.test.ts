/**
 * Incident “hours of lag invisible to users” (PostHog/posthog#13447, #57573, #17273, #21024): what a worker did is noted
 * in the warehouse, and how far the log is ahead of it also while no worker lives.
 */
import { randomUUID } from 'node:crypto';
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { type TemporaryBroker, temporaryBroker } from '@hengjian/operations/kafka/temporary-broker.ts';
import { readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupOf } from '../log/topic.ts';
import { logAdmin, readLogPositions, storedOffsets } from './log-positions.ts';
import { startLogWatch } from './log-watch.ts';
import { startWorker } from './start-worker.ts';
import { type FaultyBroker, faultyBroker } from './testing/faulty-broker.ts';
import { eventLine, type TestTopic, testTopic } from './testing/test-topic.ts';

const patient = { timeout: 180_000, interval: 200 };

describe.skipIf(!hasJava())(`seeing${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`, { timeout: 400_000 }, () => {
  const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2));
  let faulty: FaultyBroker;
  let broker: TemporaryBroker;
  let temporary: TemporaryWarehouse;
  let topic: TestTopic;
  beforeAll(async () => {
    faulty = await faultyBroker();
    [broker, temporary] = await Promise.all([temporaryBroker(throughFaulty), temporaryWarehouse()]);
    topic = await testTopic(broker.brokers, 3);
  }, 400_000);
  afterAll(async () => {
    await topic?.close().catch(() => {});
    await temporary?.close();
    await broker?.close();
    faulty?.close();
  });
  const throughFaulty = (port: number) => {
    faulty.target = port;
    return { 'advertised.listeners': `PLAINTEXT://127.0.0.1:${faulty.port}` };
  };
  const environment = () =>
    readEnvironment({ HENGJIAN_DATA_DIR: temporary.dataDir, KAFKA_BROKERS: broker.brokers, KAFKA_TOPIC: topic.name });
  const send = (from: number, to: number) =>
    topic.send(
      Array.from({ length: to - from }, (_, n) => eventLine(`e${from + n}`)).map((value) => ({
        value,
        partition: topic.home(value),
      })),
    );
  const lag = async () => {
    const [row] = await temporary.warehouse.query<{ lag: number; parts: number }>(
      `SELECT toFloat64(sum(log_end - stored)) AS lag, count() AS parts FROM log_notes
       WHERE topic = {topic:String} AND noted_at = (SELECT max(noted_at) FROM log_notes WHERE topic = {topic:String})`,
      { topic: topic.name },
    );
    return row!;
  };

  test('a worker notes its batches, blocks and outcomes; the watch the lag, also when every worker is gone', async () => {
    const { warehouse } = temporary;
    await send(0, 300);
    await topic.send([
      { value: eventLine('e0'), partition: 0 },
      { value: 'rubbish', partition: 1 },
    ]);
    const watch = startLogWatch({ warehouse, environment: environment(), logger, everyMs: 200 });
    try {
      await expect.poll(lag, patient).toEqual({ lag: 302, parts: 3 });
      const worker = await startWorker({
        warehouse,
        environment: environment(),
        logger,
        onFatal: (error) => {
          throw error;
        },
      });
      await topic.untilRows(warehouse, 302);
      await expect.poll(lag, patient).toMatchObject({ lag: 0 });
      const open = await fetch(`${worker.url}/metrics`, {
        headers: { accept: 'application/openmetrics-text; version=1.0.0' },
      });
      expect(open.headers.get('content-type')).toContain('application/openmetrics-text');
      expect(await open.text()).toMatch(
        /hengjian_worker_events_total\{[^}]*outcome="accepted"[^}]*\} \d+[\s\S]*# EOF\n$/,
      );
      const plain = await fetch(`${worker.url}/metrics`);
      expect(plain.headers.get('content-type')).toContain('text/plain');
      expect(await plain.text()).not.toContain('# EOF');

      // Noted every ten seconds; at its end a worker tries for a moment only.
      const blocks = async () => {
        const [row] = await warehouse.query(
          'SELECT sum(events) AS events, sum(duplicates) AS duplicates, sum(rejects) AS rejects, sum(blocks) > 0 AS worked, min(insert_ms) > 0 AS timed, any(door) AS door FROM insert_notes',
        );
        return row;
      };
      await expect
        .poll(blocks, patient)
        .toEqual({ events: 300, duplicates: 1, rejects: 1, worked: 1, timed: 1, door: 'worker' });
      // A record in a strange partition is read there, rerouted, and read again at home.
      const rerouted = topic.home(eventLine('e0')) === 0 ? 0 : 1;
      const read = async () => {
        const [row] = await warehouse.query(
          `SELECT sum(records) AS records, sum(accepted + duplicates + rejects + passed_on) AS durable, sum(passed_on) AS copies,
             uniqExact(part) AS parts FROM partition_notes WHERE topic = {topic:String}`,
          { topic: topic.name },
        );
        return row;
      };
      await expect
        .poll(read, patient)
        .toEqual({ records: 302 + rerouted, durable: 302 + rerouted, copies: rerouted, parts: 3 });
      await worker.stop();

      await send(300, 400);
      await expect.poll(lag, patient).toMatchObject({ lag: 100 });
    } finally {
      await watch.stop();
    }
  });

  test('brokers that are not ready yet are asked again, not taken for dead', async () => {
    const admin = logAdmin(environment(), logger);
    await admin.connect();
    try {
      faulty.faults.set(topic.name, 'group loads');
      await expect(admin.fetchOffsets({ groupId: groupOf(topic.name), topics: [topic.name] })).rejects.toThrow(
        /coordinator is loading/,
      );
      faulty.faults.set(topic.name, 'group loads');
      expect(await readLogPositions(admin, topic.name)).toHaveLength(3);
      expect(faulty.faults.size).toBe(0);
    } finally {
      faulty.faults.clear();
      await admin.disconnect();
    }
  });

  test('after a restore the warehouse counts, not what was committed', async () => {
    const { warehouse } = temporary;
    const admin = logAdmin(environment(), logger);
    await admin.connect();
    try {
      const positions = await readLogPositions(admin, topic.name);
      const committed = positions.reduce((sum, one) => sum + (one.committed ?? 0), 0);
      const before = await storedOffsets(warehouse, topic.name, positions);
      expect([...before.values()].reduce((sum, offset) => sum + offset, 0)).toBe(committed);
      await warehouse.command('TRUNCATE TABLE events');
      await warehouse.command('TRUNCATE TABLE duplicates');
      await warehouse.command('TRUNCATE TABLE rejects');
      await warehouse.command('TRUNCATE TABLE forwarded_records');
      await warehouse.insert('restores', [{ id: randomUUID() }]);
      const after = await storedOffsets(warehouse, topic.name, positions);
      expect([...after.values()]).toEqual([0, 0, 0]);
      const watch = startLogWatch({ warehouse, environment: environment(), logger, everyMs: 200 });
      const end = positions.reduce((sum, one) => sum + one.end, 0);
      await expect.poll(lag, patient).toMatchObject({ lag: end });
      await watch.stop();
      expect(await readLogPositions(admin, 'no-such-topic')).toEqual([]);
    } finally {
      await admin.disconnect();
    }
  });
});
