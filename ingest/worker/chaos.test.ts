/**
 * Whatever dies, the books balance: workers, edge, engine and broker are killed at random points while a district's
 * events are sent, half through the edge, half by a foreign producer that puts them into any partition.
 * CHAOS_ROUNDS, CHAOS_EVENTS and CHAOS_SEED make it longer or repeat a run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { generateDistrict } from '@hengjian/generator';
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { type TemporaryBroker, temporaryBroker } from '@hengjian/operations/kafka/temporary-broker.ts';
import { type SupervisedPart, supervisePart } from '@hengjian/operations/supervise-part.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { freePort } from '@hengjian/warehouse/engine/free-port.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importLines } from '../file/import-lines.ts';
import { createKey } from '../keys/key-log.ts';
import { readTopic } from './testing/read-topic.ts';
import { type TestTopic, testTopic } from './testing/test-topic.ts';

const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 20);
const EVENTS = Number(process.env.CHAOS_EVENTS ?? 200_000);
const SEED = Number(process.env.CHAOS_SEED ?? 20_260_401);
const BATCH = 500;
const PARTITIONS = 6;

describe.skipIf(!hasJava())(`chaos${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`, { timeout: 400_000 }, () => {
  let broker: TemporaryBroker;
  let temporary: TemporaryWarehouse;
  let topic: TestTopic;
  const parts: SupervisedPart[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-chaos-'));
  beforeAll(async () => {
    [broker, temporary] = await Promise.all([temporaryBroker(), temporaryWarehouse()]);
    topic = await testTopic(broker.brokers, PARTITIONS);
  }, 400_000);
  afterAll(async () => {
    await Promise.all(parts.map((part) => part.stop(10_000)));
    await topic?.close().catch(() => {});
    await temporary?.close();
    await broker?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test(`${ROUNDS} kills while ${EVENTS.toLocaleString('en')} events come in (seed ${SEED})`, {
    timeout: 1_800_000,
  }, async () => {
    const random = generator(SEED);
    const lines = district();
    const key = await createKey(temporary.warehouse, { name: 'chaos' });
    const port = await freePort();
    const env = {
      ...process.env,
      HENGJIAN_DATA_DIR: dataDir,
      CLICKHOUSE_URL: temporary.url,
      KAFKA_BROKERS: broker.brokers,
      KAFKA_TOPIC: topic.name,
      INGEST_PORT: String(port),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    };
    for (const name of ['ingest', 'worker', 'worker'] as const)
      parts.push(await supervisePart(name, env, { output: 2 }, () => {}));

    const killAll = (async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await pause(300 + random() * 2_000);
        const victim = Math.floor(random() * 5);
        if (victim < 3) kill(parts[victim]!.pid());
        else if (victim === 3) kill(temporary.engine.pid());
        else {
          await broker.kill();
          await pause(random() * 1_000);
          await broker.start();
        }
      }
    })();
    const half = Math.floor(lines.length / 2);
    await Promise.all([
      throughEdge(lines.slice(0, half), `http://127.0.0.1:${port}/v1/events`, key),
      straight(lines.slice(half), random),
      killAll,
    ]);

    const books = await readTopic(topic.kafka, topic.name);
    await topic.untilRows(temporary.warehouse, books.records, 180_000);
    expect(await topic.counts(temporary.warehouse)).toEqual({
      events: books.events,
      duplicates: books.duplicates,
      rejects: books.rejects,
    });
    // Each record is one row.
    expect(
      await temporary.warehouse.query(
        `SELECT count() - uniqExact(origin_part, origin_pos) AS doubled FROM (
            SELECT origin_part, origin_pos FROM events UNION ALL SELECT origin_part, origin_pos FROM duplicates
            UNION ALL SELECT origin_part, origin_pos FROM rejects)`,
      ),
    ).toEqual([{ doubled: 0 }]);

    // The same events from a file: what the scores are computed from is the same, row for row.
    const reference = await temporaryWarehouse();
    try {
      const counts = await importLines({
        environment: { dataDir: reference.dataDir },
        warehouse: reference.warehouse,
        name: 'chaos.ndjson',
        lines: lines.map((line) => `${line}\n`),
      });
      expect(counts.accepted).toBe(books.events);
      expect(await contents(temporary.warehouse)).toEqual(await contents(reference.warehouse));
    } finally {
      await reference.close();
    }
  });

  /** Every batch is sent until it is acknowledged, as the contract tells senders to. */
  async function throughEdge(lines: readonly string[], url: string, key: string): Promise<void> {
    for (let at = 0; at < lines.length; at += BATCH) {
      const body = lines.slice(at, at + BATCH).join('\n');
      for (;;) {
        const response = await fetch(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
          body,
        }).catch(() => undefined);
        await response?.arrayBuffer().catch(() => undefined);
        if (response?.status === 202) break;
        await pause(200);
      }
    }
  }

  async function straight(lines: readonly string[], random: () => number): Promise<void> {
    for (let at = 0; at < lines.length; at += BATCH) {
      const records = lines
        .slice(at, at + BATCH)
        .map((value) => ({ value, partition: Math.floor(random() * PARTITIONS) }));
      while (
        !(await topic.send(records).then(
          () => true,
          () => false,
        ))
      )
        await pause(200);
    }
  }
});

/** Events of a generated district, with 5 % duplicates and 1 % bad ones. */
function district(): string[] {
  const lines: string[] = [];
  const defects = { duplicates: 0.05, bad: 0.01 };
  for (const piece of generateDistrict({
    seed: SEED,
    until: new Date(),
    volume: Math.ceil(EVENTS / 200_000),
    defects,
  })) {
    for (const line of Buffer.from(piece).toString('utf8').split('\n')) if (line !== '') lines.push(line);
    if (lines.length >= EVENTS) break;
  }
  return lines.slice(0, EVENTS);
}

const contents = (warehouse: Warehouse) =>
  warehouse.query(
    'SELECT count() AS n, sum(cityHash64(source, id, type, time, utc_offset_min, department, region, subject, data, extensions)) AS sum FROM events',
  );

function kill(pid: number | undefined): void {
  try {
    if (pid) process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
