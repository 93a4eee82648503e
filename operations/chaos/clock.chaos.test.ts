/** The clock is set while events come in: of real processes, one by one, forwards and back, also over a restart. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createKey } from '@hengjian/ingest';
import { type TestTopic, testTopic } from '@hengjian/ingest/stream/worker/testing/test-topic.ts';
import { refresh } from '@hengjian/models';
import type { Warehouse } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { type TemporaryBroker, temporaryBroker } from '../kafka/temporary-broker.ts';
import type { PartName } from '../up/parts.ts';
import { type SupervisedPart, supervisePart } from '../up/supervise-part.ts';
import { eventOf, startSender, storedOf, untilStored } from './steady-sender.ts';

const HOUR = 3_600_000;
const preload = fileURLToPath(new URL('./stepped-clock.ts', import.meta.url));

describe('a clock that is set', { timeout: 600_000 }, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-clock-'));
  const parts: SupervisedPart[] = [];
  const endings: string[] = [];
  /** One each: recording times of the one test must not run ahead of the other's. */
  let temporary: TemporaryWarehouse;
  beforeEach(async () => {
    temporary = await temporaryWarehouse();
    return async () => {
      await Promise.all(parts.splice(0).map((part) => part.stop(5_000)));
      await temporary.close();
    };
  });
  afterAll(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** A part with a clock of its own. */
  async function partWithClock(name: PartName, env: NodeJS.ProcessEnv = {}) {
    const file = join(dataDir, `clock-${parts.length}`);
    const set = (hours: number) => {
      writeFileSync(`${file}.new`, String(hours * HOUR));
      renameSync(`${file}.new`, file);
    };
    set(0);
    const part = await supervisePart(
      name,
      {
        ...process.env,
        HENGJIAN_DATA_DIR: dataDir,
        CLICKHOUSE_URL: temporary.url,
        INGEST_PORT: '0',
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
        NODE_OPTIONS: `--import=${preload}`,
        CLOCK_FILE: file,
        ...env,
      },
      { output: 2 },
      (message) => endings.push(message),
    );
    parts.push(part);
    return { part, set };
  }

  /** A refresh stages all that was stored when it began, each batch once. */
  async function expectStaged(warehouse: Warehouse): Promise<void> {
    const [before] = await warehouse.query<{ stored: number }>('SELECT count() AS stored FROM events');
    await refresh({ warehouse, environment: { dataDir, ruleset: 'nantong-etdz' } });
    const [row] = await warehouse.query<{ staged: number; batches: number; times: number }>(
      'SELECT sum(row_count) AS staged, count() AS batches, uniqExact(recorded_at) AS times FROM recorded_batches',
    );
    expect(row!.staged).toBeGreaterThanOrEqual(before!.stored);
    expect(row!.times).toBe(row!.batches);
  }

  test('of an edge that writes by itself: nothing missed, recording times go on', async () => {
    const { warehouse } = temporary;
    const { part, set } = await partWithClock('ingest');
    const key = await createKey(warehouse, { name: 'clock' });
    const source = '/clock/direct';
    const sender = startSender({ url: `${part.url()}/v1/events`, key, source });
    const goOn = () => untilStored(warehouse, source, sender.acknowledged() + 500);
    await goOn();
    for (const hours of [1, -1, 2, 0]) {
      set(hours);
      await goOn();
      await expectStaged(warehouse);
    }
    const sent = await sender.stop();
    expect(await storedOf(warehouse, source)).toEqual({ rows: sent, events: sent });
    expect(sender.answers().filter(({ status }) => status !== 202)).toEqual([]);
    const [order] = await warehouse.query<{ back: number; span: number }>(
      `SELECT countIf(recorded_at < before) AS back, dateDiff('minute', min(recorded_at), max(recorded_at)) AS span FROM (
        SELECT recorded_at, lagInFrame(recorded_at, 1, recorded_at) OVER (ORDER BY toUInt32(substring(id, 2)) ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
        FROM events WHERE source = {source:String})`,
      { source },
    );
    expect(order!.back).toBe(0);
    // The clock was really ahead: two hours, once.
    expect(order!.span).toBeGreaterThanOrEqual(119);
    await expectStaged(warehouse);
    // The workers of the next test may not write beside it.
    await part.stop(5_000);
  });

  describe.skipIf(!hasJava())(`at scale${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`, () => {
    let broker: TemporaryBroker;
    let topic: TestTopic;
    beforeAll(async () => {
      broker = await temporaryBroker();
      topic = await testTopic(broker.brokers, 4);
    }, 240_000);
    afterAll(async () => {
      await topic?.close().catch(() => {});
      await broker?.close();
    });

    test('of workers: duplicates are found, partitions keep their owners, recording times go on', async () => {
      const { warehouse } = temporary;
      const env = { KAFKA_BROKERS: broker.brokers, KAFKA_TOPIC: topic.name };
      const edge = await partWithClock('ingest', env);
      const one = await partWithClock('worker', env);
      const two = await partWithClock('worker', env);
      const key = await createKey(warehouse, { name: 'clock-log' });
      const source = '/clock/workers';
      const sender = startSender({ url: `${edge.part.url()}/v1/events`, key, source });
      const goOn = () => untilStored(warehouse, source, sender.acknowledged() + 500);
      await goOn();
      one.set(1);
      edge.set(1);
      await goOn();
      await expectStaged(warehouse);
      two.set(-1);
      edge.set(-1);
      await goOn();
      // Started again an hour back, after it wrote an hour ahead; its partitions go to the other one and come back.
      one.set(-1);
      process.kill(one.part.pid()!, 'SIGKILL');
      await goOn();
      await expectStaged(warehouse);
      for (const each of [one, two, edge]) each.set(0);
      await goOn();
      const sent = await sender.stop();
      expect(sender.answers().filter(({ status }) => status !== 202)).toEqual([]);
      await untilStored(warehouse, source, sent);

      const again = Array.from({ length: sent }, (_, n) => ({ value: eventOf(source, n), partition: n % 4 }));
      await topic.send(again);
      await topic.untilRows(warehouse, 2 * sent);
      expect(await topic.counts(warehouse)).toEqual({ events: sent, duplicates: sent, rejects: 0 });
      const [order] = await warehouse.query<{ back: number; span: number }>(
        `SELECT countIf(recorded_at < before) AS back, dateDiff('minute', min(recorded_at), max(recorded_at)) AS span FROM (
          SELECT recorded_at, lagInFrame(recorded_at, 1, recorded_at) OVER (PARTITION BY origin_part ORDER BY origin_pos ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
          FROM events WHERE origin = {topic:String})`,
        { topic: topic.name },
      );
      expect(order!.back).toBe(0);
      expect(order!.span).toBeGreaterThanOrEqual(59);
      await expectStaged(warehouse);
      // The worker whose clock went back started afresh; none of them went on starting.
      const starts = endings.filter((message) => /^worker ended/.test(message));
      expect(starts.length).toBeGreaterThanOrEqual(2);
      const settled = starts.length;
      await pause(12_000);
      expect(endings.filter((message) => /^worker ended/.test(message)).length).toBe(settled);
    });
  });
});
