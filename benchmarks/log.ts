/**
 * The log: events through the edge into a real broker, then out of the same topic by our workers (checked,
 * duplicates found and counted, rejects kept, exactly once in effect) and by ClickHouse's own Kafka table engine with a
 * materialized view (none of that), in turns on the same machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { generateDistrict } from '@hengjian/generator';
import { importLines } from '@hengjian/ingest';
import { groupOf } from '@hengjian/ingest/stream/log/topic.ts';
import { temporaryBroker } from '@hengjian/operations/kafka/temporary-broker.ts';
import { openEventWriter } from '@hengjian/operations/open-event-writer.ts';
import { supervisePart } from '@hengjian/operations/up/supervise-part.ts';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { Kafka, logLevel } from 'kafkajs';
import { type Figure, median, spread } from './figure.ts';
import { kafkaEngine } from './kafka-engine.ts';
import type { BenchOptions } from './options.ts';
import { untilStored } from './until-stored.ts';

export const LOG_DEFAULTS: BenchOptions = { events: 2_000_000, runs: 3 };
const TOPIC = 'supervision.events';
const WORKERS = 2;
const TABLES = ['events', 'duplicates', 'rejects'];

export async function benchLog({ events, runs }: BenchOptions): Promise<Figure[]> {
  const [broker, temporary] = await Promise.all([temporaryBroker(), temporaryWarehouse()]);
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const { warehouse } = temporary;
  const admin = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING }).admin();
  const env = {
    ...process.env,
    HENGJIAN_DATA_DIR: dataDir,
    CLICKHOUSE_URL: temporary.url,
    KAFKA_BROKERS: broker.brokers,
    KAFKA_TOPIC: TOPIC,
    WORKER_PORT: '0',
    LOG_LEVEL: 'silent',
    // As `up` starts them.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? getCompileCacheDir() ?? join(dataDir, 'compile-cache'),
  };

  /** Seconds from the start of the processes until every record is a row. */
  const byWorkers = async (records: number): Promise<number> => {
    const started = performance.now();
    const workers = await Promise.all(
      Array.from({ length: WORKERS }, () => supervisePart('worker', env, { output: 2 }, () => {})),
    );
    const seconds = await untilStored(warehouse, TABLES, records, started);
    await Promise.all(workers.map((worker) => worker.stop(10_000)));
    for (const table of TABLES) await warehouse.command(`TRUNCATE TABLE ${table}`);
    await admin.deleteGroups([groupOf(TOPIC)]);
    return seconds;
  };

  try {
    await admin.connect();
    const started = performance.now();
    const opened = await openEventWriter({
      environment: { dataDir, kafkaBrokers: [broker.brokers], kafkaTopic: TOPIC },
      warehouse: async () => warehouse,
    });
    const { read } = await importLines({
      writer: opened.writer,
      name: 'bench',
      lines: generateDistrict({ limit: events, volume: events / 207_000 }),
    });
    await opened.stop();
    const produceSeconds = (performance.now() - started) / 1000;
    // The broker and the engine finish what producing has left behind.
    await pause(5_000);

    const [ours, peer]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run += 1) {
      ours.push(read / (await byWorkers(read)));
      peer.push(read / (await kafkaEngine(warehouse, { brokers: broker.brokers, topic: TOPIC, records: read, run })));
    }
    return logFigures(read, produceSeconds, ours, peer);
  } finally {
    await admin.disconnect();
    await temporary.close();
    await broker.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function logFigures(read: number, produceSeconds: number, ours: readonly number[], peer: readonly number[]): Figure[] {
  return [
    {
      name: 'edge → broker',
      value: read / produceSeconds,
      unit: 'events/s',
      note: 'one process: generated, checked, acknowledged by acks=all',
    },
    {
      name: `${WORKERS} workers → warehouse`,
      value: median(ours),
      unit: 'events/s',
      note: `from the start of the processes; ${spread(ours)}`,
    },
    {
      name: 'Kafka table engine + view',
      value: median(peer),
      unit: 'events/s',
      note: `2 consumers, JSONEachRow, nothing checked or found; ${spread(peer)}`,
    },
    {
      name: 'workers / Kafka engine',
      value: median(ours.map((rate, run) => rate / peer[run]!)),
      unit: '×',
      aim: { atLeast: 1.2 },
      note: `median of the ratios of each turn; ${read.toLocaleString('en')} records, 8 partitions; at least 0.8`,
    },
  ];
}
