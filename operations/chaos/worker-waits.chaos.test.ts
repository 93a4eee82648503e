/** A worker while the warehouse is away: it waits, keeps little, and goes on by itself, whatever lies in the log. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { partitionOf } from '@hengjian/ingest/stream/log/record-key.ts';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { Kafka, logLevel } from 'kafkajs';
import { expect, test } from 'vitest';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { temporaryBroker } from '../kafka/temporary-broker.ts';
import { supervisePart } from '../up/supervise-part.ts';
import { memoryOf } from './memory-of.ts';
import { refusingProxy } from './refusing-proxy.ts';
import { eventOf, storedOf, untilStored } from './steady-sender.ts';

const TOPIC = 'waits';
const PARTITIONS = 8;
/** Longer than reads of the warehouse are repeated by themselves. */
const AWAY_MS = 20_000;
/** 20 KB each: 400 MB in all, in batches too small to be counted in hundreds. */
const LARGE = 20_000;
const SMALL = 400;

test.skipIf(!hasJava())(
  `the warehouse is away twice: with 400 MB in the log, and with records to be rerouted${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 600_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-waits-'));
    const [broker, temporary] = await Promise.all([temporaryBroker(), temporaryWarehouse()]);
    const proxy = await refusingProxy(Number(new URL(temporary.url).port));
    const kafka = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    const url = new URL(temporary.url);
    url.port = String(proxy.port);
    const said: string[] = [];
    const env = {
      ...process.env,
      HENGJIAN_DATA_DIR: dataDir,
      CLICKHOUSE_URL: url.href,
      KAFKA_BROKERS: broker.brokers,
      KAFKA_TOPIC: TOPIC,
      WORKER_PORT: '0',
      LOG_LEVEL: 'silent',
    };
    const worker = await supervisePart('worker', env, { output: 2 }, (message) => said.push(message));
    const source = '/waits';
    const message = (n: number, { padding = '', astray = 0 }) => {
      const event = { ...JSON.parse(eventOf(source, n)), padding };
      const home = partitionOf(Buffer.from(`${source}#${event.id}`), PARTITIONS);
      return { value: JSON.stringify(event), partition: (home + astray) % PARTITIONS };
    };
    const send = async (from: number, to: number, how: { padding?: string; astray?: number }) => {
      for (let n = from; n < to; n += 100)
        await producer.send({ topic: TOPIC, messages: Array.from({ length: 100 }, (_, k) => message(n + k, how)) });
    };
    /** The most memory that the worker has meanwhile, MiB. */
    const whileAway = async (work: () => Promise<void>): Promise<number> => {
      await proxy.away();
      const back = performance.now() + AWAY_MS;
      let most = 0;
      const watch = setInterval(() => {
        most = Math.max(most, memoryOf(worker.pid() ?? process.pid));
      }, 500);
      await work();
      await pause(Math.max(0, back - performance.now()));
      clearInterval(watch);
      await proxy.back();
      return most;
    };
    try {
      await producer.connect();
      const padding = 'x'.repeat(20_000);
      await send(0, 1_000, { padding });
      await untilStored(temporary.warehouse, source, 1_000);
      const before = memoryOf(worker.pid()!);
      const most = await whileAway(() => send(1_000, LARGE, { padding }));
      await untilStored(temporary.warehouse, source, LARGE);
      await whileAway(() => send(LARGE, LARGE + SMALL, { astray: 1 }));
      await untilStored(temporary.warehouse, source, LARGE + SMALL);
      expect(await storedOf(temporary.warehouse, source)).toEqual({ rows: LARGE + SMALL, events: LARGE + SMALL });
      expect(said).toEqual([]);
      expect(most - before).toBeLessThan(250);
    } finally {
      await producer.disconnect();
      await worker.stop(5_000);
      await proxy.away();
      await temporary.close();
      await broker.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
);
