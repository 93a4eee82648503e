/** A part that lives and says nothing is started again, without anything lost or doubled; one that is only busy is not. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createKey } from '@hengjian/ingest';
import { freePort } from '@hengjian/warehouse/engine/free-port.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventOf, post, type SteadySender, startSender, storedOf, untilStored } from '../chaos/steady-sender.ts';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { type TemporaryBroker, temporaryBroker } from '../kafka/temporary-broker.ts';
import type { PartName } from './parts.ts';
import { type SupervisedPart, supervisePart } from './supervise-part.ts';

/** Longer than a part needs to start while other tests keep both cores busy. */
const PATIENCE = { probes: 3, probeMs: 4_000 };
const BORNE_MS = PATIENCE.probes * PATIENCE.probeMs;
/** Of parts that must be left alone: other tests may keep both cores and the disk from them for some seconds. */
const MORE_PATIENCE = { probes: 3, probeMs: 5_000 };
const BROKER = hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`;
const patient = { timeout: 120_000, interval: 100 };

const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-silent-part-'));
let temporary: TemporaryWarehouse;
let key: string;
let broker: TemporaryBroker | undefined;
const parts: SupervisedPart[] = [];
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  key = await createKey(temporary.warehouse, { name: 'sender' });
  if (hasJava()) broker = await temporaryBroker();
}, 400_000);
afterEach(async () => {
  await Promise.all(parts.splice(0).map((part) => part.stop(5_000)));
});
afterAll(async () => {
  await broker?.close();
  await temporary?.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

async function start(
  name: PartName,
  more: NodeJS.ProcessEnv = {},
  patience = PATIENCE,
): Promise<{ part: SupervisedPart; said: string[] }> {
  const said: string[] = [];
  const env = {
    ...process.env,
    HENGJIAN_DATA_DIR: dataDir,
    CLICKHOUSE_URL: temporary.url,
    LOG_LEVEL: 'silent',
    DASHBOARD_PORT: '0',
    ...more,
  };
  const part = await supervisePart(name, env, { output: 2 }, (message) => said.push(message), patience);
  parts.push(part);
  return { part, said };
}

/** On a port that stays, as in `up`: senders find it again. */
const startEdge = async (more: NodeJS.ProcessEnv = {}, patience = PATIENCE) =>
  start('ingest', { INGEST_PORT: String(await freePort()), ...more }, patience);

async function sendTo(edge: SupervisedPart, source: string): Promise<SteadySender> {
  const sender = startSender({ url: `${edge.url()}/v1/events`, key, source });
  await untilStored(temporary.warehouse, source, 500);
  return sender;
}

/** Stops its process in its tracks and waits for the next, which has to serve. */
async function freeze({ part, said }: { part: SupervisedPart; said: string[] }): Promise<void> {
  const frozen = part.pid()!;
  process.kill(frozen, 'SIGSTOP');
  await expect.poll(() => said.at(-1), patient).toBe(`${part.name} is back`);
  expect(said).toEqual([
    `the ${part.name} (process ${frozen}) lives and has answered nothing for ${BORNE_MS / 1_000} s; it is killed and started again, nothing acknowledged is lost`,
    `the silent ${part.name} was killed; restarting in 100 ms`,
    `${part.name} is back`,
  ]);
  expect(part.pid()).not.toBe(frozen);
  expect((await fetch(`${part.url()}/health/live`)).status).toBe(200);
}

async function expectWhole(sender: SteadySender, source: string): Promise<void> {
  const before = sender.acknowledged();
  await expect.poll(() => sender.acknowledged(), patient).toBeGreaterThan(before + 500);
  const sent = await sender.stop();
  await untilStored(temporary.warehouse, source, sent);
  expect(await storedOf(temporary.warehouse, source)).toEqual({ rows: sent, events: sent });
}

test.each(['scheduler', 'dashboard'] as const)('a frozen %s', async (name) => freeze(await start(name)));

test('a part that froze before it was ready', { timeout: 300_000 }, async () => {
  const children = () => readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const before = children();
  const starting = start('scheduler');
  const frozen = children().filter((pid) => !before.includes(pid));
  expect(frozen).toHaveLength(1);
  process.kill(Number(frozen[0]), 'SIGSTOP');
  const { part, said } = await starting;
  expect(said).toEqual([
    `the scheduler (process ${frozen[0]}) lives and has answered nothing for ${BORNE_MS / 1_000} s; it is killed and started again, nothing acknowledged is lost`,
    'the silent scheduler was killed; restarting in 100 ms',
    'scheduler is back',
  ]);
  expect((await fetch(`${part.url()}/health/live`)).status).toBe(200);
});

test('a frozen edge; and the one that came back is watched as well', { timeout: 300_000 }, async () => {
  const edge = await startEdge();
  const sender = await sendTo(edge.part, '/silent/edge');
  await freeze(edge);
  process.kill(edge.part.pid()!, 'SIGSTOP');
  await expect.poll(() => edge.said.filter((message) => message === 'ingest is back').length, patient).toBe(2);
  await expectWhole(sender, '/silent/edge');
});

test('parts that are busy, or frozen for a moment, are left alone', { timeout: 300_000 }, async () => {
  const edge = await startEdge();
  const pid = edge.part.pid()!;
  const url = `${edge.part.url()}/v1/events`;
  const until = performance.now() + BORNE_MS + 2_000;
  for (let round = 0; performance.now() < until; round += 1) {
    const body = Array.from({ length: 10_000 }, (_, n) => eventOf(`/silent/busy/${round}`, n)).join('\n');
    await Promise.all([1, 2, 3].map(() => post(url, key, body)));
  }
  process.kill(pid, 'SIGSTOP');
  await pause(3_000);
  process.kill(pid, 'SIGCONT');
  await pause(BORNE_MS);
  expect([edge.part.pid(), edge.said]).toEqual([pid, []]);
});

test('a part that waits for the warehouse is left alone: it answers', { timeout: 300_000 }, async () => {
  const away = await temporaryWarehouse({ patience: { probes: Number.POSITIVE_INFINITY, probeMs: 20_000 } });
  const waiting = await Promise.all([
    startEdge({ CLICKHOUSE_URL: away.url }, MORE_PATIENCE),
    start('scheduler', { CLICKHOUSE_URL: away.url }, MORE_PATIENCE),
    start('dashboard', { CLICKHOUSE_URL: away.url }, MORE_PATIENCE),
  ]);
  try {
    process.kill(away.engine.pid()!, 'SIGSTOP');
    await pause(2 * MORE_PATIENCE.probes * MORE_PATIENCE.probeMs);
    expect(waiting.map(({ said }) => said)).toEqual([[], [], []]);
  } finally {
    process.kill(away.engine.pid()!, 'SIGCONT');
    await Promise.all(parts.splice(0).map((part) => part.stop(5_000)));
    await away.close();
  }
});

test.skipIf(BROKER)(`a frozen worker beside another${BROKER}`, { timeout: 400_000 }, async () => {
  const kafka = { KAFKA_BROKERS: broker!.brokers, KAFKA_TOPIC: 'silent.workers' };
  const edge = await startEdge(kafka);
  const worker = await start('worker', kafka);
  await start('worker', kafka);
  const sender = await sendTo(edge.part, '/silent/worker');
  await freeze(worker);
  await expectWhole(sender, '/silent/worker');
  expect(edge.said).toEqual([]);
  expect(sender.answers().filter(({ status }) => status !== 202)).toEqual([]);
});
