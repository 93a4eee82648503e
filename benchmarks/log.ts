/**
 * The log: events through the edge's door into a real broker, then out of the same topic by our workers (checked,
 * duplicates found and counted, rejects kept, exactly once in effect) and by ClickHouse's own Kafka table engine with a
 * materialized view (none of that), one after the other on the same machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { generateDistrict } from '@hengjian/generator';
import { importLines } from '@hengjian/ingest';
import { temporaryBroker } from '@hengjian/operations/kafka/temporary-broker.ts';
import { supervisePart } from '@hengjian/operations/supervise-part.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import type { Figure } from './figure.ts';
import type { BenchOptions } from './options.ts';
import { countRows, ENVELOPE } from './peer-insert.ts';

export const LOG_DEFAULTS: BenchOptions = { events: 2_000_000, runs: 1 };
const TOPIC = 'supervision.events';
const WORKERS = 2;

export async function benchLog({ events }: BenchOptions): Promise<Figure[]> {
  const [broker, temporary] = await Promise.all([temporaryBroker(), temporaryWarehouse()]);
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const { warehouse } = temporary;
  try {
    const environment = { dataDir, kafkaBrokers: [broker.brokers], kafkaTopic: TOPIC };
    let started = performance.now();
    const sent = await importLines({
      environment,
      warehouse,
      name: 'bench',
      lines: generateDistrict({ limit: events, volume: events / 207_000 }),
    });
    const produceSeconds = (performance.now() - started) / 1000;

    const env = {
      ...process.env,
      HENGJIAN_DATA_DIR: dataDir,
      CLICKHOUSE_URL: temporary.url,
      KAFKA_BROKERS: broker.brokers,
      KAFKA_TOPIC: TOPIC,
      LOG_LEVEL: 'silent',
    };
    started = performance.now();
    const workers = await Promise.all(
      Array.from({ length: WORKERS }, () => supervisePart('worker', env, { output: 2 }, () => {})),
    );
    const ours = await untilStored(
      started,
      async () => {
        const tables = await Promise.all(
          ['events', 'duplicates', 'rejects'].map((table) => countRows(warehouse, table)),
        );
        return tables.reduce((sum, rows) => sum + rows, 0);
      },
      sent.read,
    );
    await Promise.all(workers.map((worker) => worker.stop(10_000)));

    const peer = await kafkaEngine(warehouse, broker.brokers, sent.read);
    const rate = (seconds: number) => sent.read / seconds;
    return [
      {
        name: 'edge door → broker',
        value: rate(produceSeconds),
        unit: 'events/s',
        note: 'one process: generated, checked, acknowledged by acks=all',
      },
      {
        name: `${WORKERS} workers → warehouse`,
        value: rate(ours),
        unit: 'events/s',
        note: 'from the start of the processes',
      },
      {
        name: 'Kafka table engine + view',
        value: rate(peer),
        unit: 'events/s',
        note: '2 consumers, JSONEachRow, nothing checked or found',
      },
      {
        name: 'workers / Kafka engine',
        value: peer / ours,
        unit: '×',
        aim: { atLeast: 1.2 },
        note: `${sent.read.toLocaleString('en')} records, 8 partitions; at least 0.8`,
      },
    ];
  } finally {
    await temporary.close();
    await broker.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Seconds since `started` until `count` reaches `rows`. @throws Error when nothing comes for two minutes */
async function untilStored(started: number, count: () => Promise<number>, rows: number): Promise<number> {
  let seen = -1;
  for (let lastGrowth = performance.now(); ; ) {
    const now = await count();
    if (now >= rows) return (performance.now() - started) / 1000;
    if (now > seen) {
      seen = now;
      lastGrowth = performance.now();
    } else if (performance.now() - lastGrowth > 120_000)
      throw new Error(`${now} of ${rows} records after two minutes without any`);
    await pause(50);
  }
}

async function kafkaEngine(warehouse: Warehouse, brokers: string, rows: number): Promise<number> {
  await warehouse.command('CREATE TABLE peer AS events');
  const queue = ENVELOPE.replaceAll(/(\w+) String/g, '`$1` String');
  const started = performance.now();
  await warehouse.command(
    `CREATE TABLE peer_queue (${queue}) ENGINE = Kafka SETTINGS kafka_broker_list = '${brokers}', kafka_topic_list = '${TOPIC}',
      kafka_group_name = 'peer', kafka_format = 'JSONEachRow', kafka_num_consumers = 2, kafka_thread_per_consumer = 1,
      kafka_max_block_size = 100000, kafka_skip_broken_messages = 1000000`,
    undefined,
    { input_format_json_read_objects_as_strings: 1 },
  );
  await warehouse.command(
    `CREATE MATERIALIZED VIEW peer_view TO peer AS SELECT source, id, type,
      parseDateTime64BestEffortOrZero(time, 6, 'Asia/Shanghai') AS time, department, region, subject, data,
      now64(6) AS recorded_at, 'kafka' AS origin_kind, _topic AS origin, toInt32(_partition) AS origin_part, toUInt64(_offset) AS origin_pos
      FROM peer_queue`,
  );
  // Broken records are skipped by it, so the last percent is not waited for.
  const seconds = await untilStored(started, () => countRows(warehouse, 'peer'), Math.floor(rows * 0.998));
  for (const table of ['peer_view', 'peer_queue', 'peer']) await warehouse.command(`DROP TABLE ${table} SYNC`);
  return seconds;
}
