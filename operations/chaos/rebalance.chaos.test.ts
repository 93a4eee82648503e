/** Workers come and go at random while a stream comes in: asked to stop, or killed. REBALANCE_SEED repeats a run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readTopic } from '@hengjian/ingest/stream/worker/testing/read-topic.ts';
import { type TestTopic, testTopic } from '@hengjian/ingest/stream/worker/testing/test-topic.ts';
import { workerEnvironment } from '@hengjian/ingest/stream/worker/testing/worker-environment.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { type TemporaryBroker, temporaryBroker } from '../kafka/temporary-broker.ts';
import { type SupervisedPart, supervisePart } from '../up/supervise-part.ts';
import { checkRows } from './check-rows.ts';
import { districtBatches } from './district-lines.ts';
import { seededRandom } from './seeded-random.ts';
import { sendStraight } from './send-persistently.ts';

const SEED = Number(process.env.REBALANCE_SEED ?? 7);
const EVENTS = 60_000;
const BATCH = 250;
const PARTITIONS = 6;
const CHANGES = 18;
/** Before which change partitions are added, and how many there are then. */
const GROWTH = new Map([
  [6, 8],
  [12, 11],
]);

describe.skipIf(!hasJava())(`rebalances${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`, { timeout: 900_000 }, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-rebalance-'));
  const workers: (SupervisedPart | undefined)[] = [undefined, undefined, undefined];
  let broker: TemporaryBroker;
  let temporary: TemporaryWarehouse;
  let topic: TestTopic;
  beforeAll(async () => {
    [broker, temporary] = await Promise.all([temporaryBroker(), temporaryWarehouse()]);
    topic = await testTopic(broker.brokers, PARTITIONS);
  }, 400_000);
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker?.stop(5_000)));
    await topic?.close().catch(() => {});
    await temporary?.close();
    await broker?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = () =>
    supervisePart('worker', workerEnvironment({ dataDir, url: temporary.url }, topic), { output: 2 }, () => {});
  /** Starts or ends one of them. */
  const change = async (slot: number, harshly: boolean): Promise<'started' | 'stopped' | 'killed'> => {
    const worker = workers[slot];
    if (!worker) {
      workers[slot] = await start();
      return 'started';
    }
    workers[slot] = undefined;
    const pid = worker.pid();
    if (harshly && pid) process.kill(pid, 'SIGKILL');
    await worker.stop(harshly ? 0 : 10_000);
    return harshly ? 'killed' : 'stopped';
  };

  test(`${CHANGES} starts, stops and kills of three workers, and partitions added twice, change nothing of the books (seed ${SEED})`, async () => {
    const random = seededRandom(SEED);
    const scatter = seededRandom(SEED + 1);
    const seen = { started: 0, stopped: 0, killed: 0 };
    let sent = 0;
    let done = 0;
    const send = async () => {
      for (const lines of districtBatches({ seed: SEED, events: EVENTS }, BATCH)) {
        while (sent / EVENTS > (done + 1) / (CHANGES + 1)) await pause(10);
        await sendStraight(lines, topic, PARTITIONS, scatter);
        sent += lines.length;
      }
    };
    const shake = async () => {
      for (const slot of [0, 1]) workers[slot] = await start();
      for (; done < CHANGES; done += 1) {
        while (sent / EVENTS < done / (CHANGES + 1)) await pause(10);
        const partitions = GROWTH.get(done);
        if (partitions !== undefined) await topic.grow(partitions);
        await pause(random() * 1_200);
        seen[await change(Math.floor(random() * workers.length), random() < 0.5)] += 1;
      }
    };
    await Promise.all([send(), shake()]);
    for (const [slot, worker] of workers.entries()) if (!worker) workers[slot] = await start();
    const books = await readTopic(topic.kafka, topic.name);
    await topic.untilRows(temporary.warehouse, books.records);
    expect(await checkRows(temporary.warehouse, books, await topic.counts(temporary.warehouse))).toEqual([]);
    expect(books.records).toBe(EVENTS);
    expect(books.duplicates).toBeGreaterThan(EVENTS * 0.04);
    expect(books.rejects).toBeGreaterThan(EVENTS * 0.008);
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThanOrEqual(3);
  });
});
