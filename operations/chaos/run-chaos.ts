/**
 * Whatever dies, the books balance: edge, workers, scheduler, engine and broker are killed at random points while a
 * district's events are sent, every other batch through the edge, the rest by a foreign producer that puts them into any
 * partition. Afterwards what the topic holds is judged apart from the workers, and the same events are imported from a
 * file into a warehouse of its own: rows and scores must be the same.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { roundExact } from '@hengjian/contract/round-exact.ts';
import { createKey, importLines } from '@hengjian/ingest';
import { readTopic, type TopicBooks } from '@hengjian/ingest/stream/worker/testing/read-topic.ts';
import { type TestTopic, testTopic } from '@hengjian/ingest/stream/worker/testing/test-topic.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { freePort } from '@hengjian/warehouse/engine/free-port.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { type TemporaryBroker, temporaryBroker } from '../kafka/temporary-broker.ts';
import { openEventWriter } from '../open-event-writer.ts';
import { type SupervisedPart, supervisePart } from '../up/supervise-part.ts';
import { allScores } from './all-scores.ts';
import { checkRows, type StoredRows } from './check-rows.ts';
import { differentRows, ROW_HASH } from './different-rows.ts';
import { type DistrictStream, districtBatches, districtChunks } from './district-lines.ts';
import { seededRandom } from './seeded-random.ts';
import { sendStraight, sendThroughEdge } from './send-persistently.ts';

const BATCH = 500;
const PARTITIONS = 6;
const VICTIMS = ['edge', 'worker', 'other worker', 'scheduler', 'engine', 'broker'] as const;
export type Victim = (typeof VICTIMS)[number];

export interface ChaosOptions extends DistrictStream {
  /** kills, spread over the stream */
  rounds: number;
  onProgress?: (message: string) => void;
}

export interface ChaosReport extends DistrictStream {
  rounds: number;
  kills: Record<Victim, number>;
  /** What the topic holds, judged apart from the workers. */
  topic: TopicBooks;
  stored: StoredRows;
  quarters: number;
  /** wall time of sending under fire, until the books were complete, of refresh and comparison; s */
  seconds: { sending: number; settling: number; comparing: number };
  /** What does not balance, a sentence each; empty when all does. */
  differences: string[];
}

/** @throws Error when rows stop coming before all are there: something hangs */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, events, rounds, onProgress: say = () => {} } = options;
  const [broker, temporary] = await Promise.all([temporaryBroker(), temporaryWarehouse()]);
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-chaos-'));
  const parts: SupervisedPart[] = [];
  let topic: TestTopic | undefined;
  const timer = stopwatch();
  try {
    topic = await testTopic(broker.brokers, PARTITIONS);
    const stack = await startStack({ broker, temporary, topic, dataDir, parts });
    timer();
    const kills = await underFire(stack, options);
    const sending = timer();
    say(`sent; ${rounds} kills: ${JSON.stringify(kills)}`);
    const books = await readTopic(topic.kafka, topic.name);
    say(`the topic holds ${JSON.stringify(books)}`);
    await topic.untilRows(temporary.warehouse, books.records);
    const stored = await topic.counts(temporary.warehouse);
    const settling = timer();
    say(`stored ${JSON.stringify(stored)}`);
    await Promise.all(parts.map((part) => part.stop(10_000)));
    const differences = await checkRows(temporary.warehouse, books, stored);
    const quarters = await compareWithImport(temporary, dataDir, { seed, events }, books, differences);
    const seconds = { sending, settling, comparing: timer() };
    return { seed, events, rounds, kills, topic: books, stored, quarters, seconds, differences };
  } finally {
    await Promise.all(parts.map((part) => part.stop(10_000)));
    await topic?.close().catch(() => {});
    await temporary.close();
    await broker.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Stack {
  broker: TemporaryBroker;
  temporary: TemporaryWarehouse;
  topic: TestTopic;
  parts: SupervisedPart[];
  url: string;
  key: string;
}

async function startStack(base: Omit<Stack, 'url' | 'key'> & { dataDir: string }): Promise<Stack> {
  const { broker, temporary, topic, dataDir, parts } = base;
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
  for (const name of ['ingest', 'worker', 'worker', 'scheduler'] as const)
    parts.push(await supervisePart(name, env, { output: 2 }, () => {}));
  return { ...base, url: `http://127.0.0.1:${port}/v1/events`, key };
}

/**
 * Sends everything; the stream waits for the kills and the kills for the stream, so that each falls into the middle of it.
 */
async function underFire(stack: Stack, options: ChaosOptions): Promise<Record<Victim, number>> {
  const { seed, events, rounds, onProgress: say = () => {} } = options;
  const { topic, url, key } = stack;
  const random = seededRandom(seed);
  const scatter = seededRandom(seed + 1);
  const kills = Object.fromEntries(VICTIMS.map((name) => [name, 0])) as Record<Victim, number>;
  /** Drawn without putting back: each is struck as often as the others. */
  const deck: Victim[] = [];
  const sent = [0, 0];
  let done = 0;
  const mayGoOn = (share: number) => share <= (done + 1) / (rounds + 1);

  const send = async (lane: 0 | 1, one: (lines: string[]) => Promise<void>) => {
    let n = 0;
    for (const lines of districtBatches({ seed, events }, BATCH)) {
      n += 1;
      if (n % 2 !== lane) continue;
      while (!mayGoOn((n * BATCH) / events) && done < rounds) await pause(10);
      await one(lines);
      sent[lane] = Math.min(1, (n * BATCH) / events);
    }
    sent[lane] = 1;
  };
  const shoot = async () => {
    for (let round = 0; round < rounds; round += 1) {
      while (Math.min(...sent) < round / (rounds + 1)) await pause(20);
      await pause(100 + random() * 1_400);
      if (deck.length === 0) deck.push(...VICTIMS);
      const victim = deck.splice(Math.floor(random() * deck.length), 1)[0]!;
      await strike(victim, stack, random);
      kills[victim] += 1;
      done = round + 1;
      if (done % 10 === 0) say(`${done} of ${rounds} kills, ${Math.round(Math.min(...sent) * 100)} % sent`);
    }
  };
  await Promise.all([
    send(0, (lines) => sendThroughEdge(lines, { url, key })),
    send(1, (lines) => sendStraight(lines, topic, PARTITIONS, scatter)),
    shoot(),
  ]);
  return kills;
}

async function strike(victim: Victim, { parts, temporary, broker }: Stack, random: () => number): Promise<void> {
  if (victim === 'broker') {
    await broker.kill();
    await pause(random() * 1_000);
    return broker.start();
  }
  // Supervisors bring these back; one that is just being started again is spared this time.
  const pid = victim === 'engine' ? temporary.engine.pid() : parts[VICTIMS.indexOf(victim)]!.pid();
  try {
    if (pid) process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

/** Adds what differs; @returns the number of quarters compared */
async function compareWithImport(
  { warehouse }: TemporaryWarehouse,
  dataDir: string,
  stream: DistrictStream,
  books: TopicBooks,
  differences: string[],
): Promise<number> {
  const reference = await temporaryWarehouse();
  try {
    const opened = await openEventWriter({
      environment: { dataDir: reference.dataDir },
      warehouse: async () => reference.warehouse,
      expectedEvents: 0,
    });
    const counts = await importLines({ writer: opened.writer, name: 'chaos.ndjson', lines: districtChunks(stream) });
    await opened.stop();
    if (counts.accepted !== books.events)
      differences.push(`the file has ${counts.accepted} distinct valid events, the topic ${books.events}`);
    const rows = await Promise.all([contents(warehouse), contents(reference.warehouse)]);
    if (rows[0] !== rows[1])
      differences.push(
        `rows: ${rows[0]} streamed, ${rows[1]} imported`,
        ...(await differentRows(warehouse, reference.warehouse)),
      );
    const streamed = await allScores(warehouse, dataDir);
    const imported = await allScores(reference.warehouse, reference.dataDir);
    if (streamed.quarters.length === 0) differences.push('no quarter has scores');
    for (const [index, quarter] of imported.quarters.entries())
      if (JSON.stringify(streamed.quarters[index]) !== JSON.stringify(quarter))
        differences.push(`scores of ${quarter.quarter} differ`);
    if (streamed.quarters.length !== imported.quarters.length)
      differences.push(`${streamed.quarters.length} quarters streamed, ${imported.quarters.length} imported`);
    // “Deletes and mutations ate the memory” (langfuse#7764): neither workers nor refreshes make any.
    const mutations = await warehouse.query<{ table: string; command: string }>(
      "SELECT table, command FROM system.mutations WHERE database = currentDatabase() AND match(command, 'DELETE|UPDATE')",
    );
    for (const { table, command } of mutations) differences.push(`a mutation of ${table}: ${command}`);
    return imported.quarters.length;
  } finally {
    await reference.close();
  }
}

/** Of events each row; of refused ones what they are: one that is sent again after a lost answer is refused again. */
async function contents(warehouse: Warehouse): Promise<string> {
  const [events] = await warehouse.query(`SELECT count() AS events, toString(sum(${ROW_HASH})) AS sum FROM events`);
  const [rejects] = await warehouse.query(
    'SELECT count() AS rejects, toString(sum(cityHash64(bytes, reason))) AS sum FROM (SELECT DISTINCT bytes, reason FROM rejects)',
  );
  return JSON.stringify([events, rejects]);
}

/** Each call tells the seconds since the one before. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return Number(roundExact(seconds, 1));
  };
}
