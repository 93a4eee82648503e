/** On one server: who cannot see what another writer stores does not write beside it, and a restore writes over nobody. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey } from '@hengjian/ingest';
import { livingLeases } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventOf, post, startSender, storedOf, untilStored } from '../chaos/steady-sender.ts';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { type TemporaryBroker, temporaryBroker } from '../kafka/temporary-broker.ts';
import { hengjian, startUp } from '../testing/front-door.ts';
import type { PartName } from './parts.ts';
import { type SupervisedPart, supervisePart } from './supervise-part.ts';

const NEVER = { probes: Number.POSITIVE_INFINITY, probeMs: 20_000 };
const patient = { timeout: 120_000, interval: 200 };
const EDGE = /An edge without Kafka \(host .+, process \d+, since .+\) writes into this warehouse/;

const directory = mkdtempSync(join(tmpdir(), 'hengjian-writers-'));
let temporary: TemporaryWarehouse;
let key: string;
let parts: SupervisedPart[] = [];
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  key = await createKey(temporary.warehouse, { name: 'sender' });
});
afterEach(async () => {
  await Promise.all(parts.map((part) => part.stop(5_000)));
  parts = [];
});
afterAll(async () => {
  await temporary?.close();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);

/** Each part as on a machine of its own: with another data directory. */
let serial = 0;
const own = (more: NodeJS.ProcessEnv = {}) => {
  serial += 1;
  return { CLICKHOUSE_URL: temporary.url, HENGJIAN_DATA_DIR: join(directory, `data-${serial}`), ...more };
};
async function start(name: PartName, more: NodeJS.ProcessEnv = {}) {
  const said: string[] = [];
  const env = { ...process.env, LOG_LEVEL: 'silent', INGEST_PORT: '0', ...own(more) };
  const part = await supervisePart(name, env, { output: 2 }, (message) => said.push(message), NEVER);
  parts.push(part);
  return { part, said };
}
function fileOf(source: string, events: number): string {
  const file = join(directory, `events-${source.replaceAll('/', '-')}.ndjson`);
  writeFileSync(file, Array.from({ length: events }, (_, n) => `${eventOf(source, n)}\n`).join(''));
  return file;
}

test('a second edge, an import and a replay are refused beside an edge, and go on when it has ended', async () => {
  const { part } = await start('ingest');
  // A service manager tells by the code that the same may be possible later.
  const beside = await hengjian(['up', '--only', 'ingest'], own());
  expect([beside.code, beside.stderr]).toEqual([75, expect.stringMatching(EDGE)]);
  const file = fileOf('/beside/edge', 10);
  for (const args of [
    ['import', file],
    ['rejects', 'replay', file],
  ]) {
    const { code, stderr } = await hengjian(args, own());
    expect([code, stderr]).toEqual([75, expect.stringMatching(EDGE)]);
  }
  expect(await storedOf(temporary.warehouse, '/beside/edge')).toEqual({ rows: 0, events: 0 });
  await part.stop(5_000);
  const second = await startUp(['--only', 'ingest'], own());
  await second.end();
  expect(JSON.parse((await hengjian(['import', file], own())).stdout)).toMatchObject({ accepted: 10 });
});

test('an edge that is killed is started again at once', async () => {
  const edge = await start('ingest');
  const killed = edge.part.pid()!;
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => edge.said.at(-1), patient).toBe('ingest is back');
  expect(edge.said).toEqual(['ingest ended (SIGKILL); restarting in 100 ms', 'ingest is back']);
  expect((await livingLeases(temporary.warehouse)).map(({ process: pid }) => pid)).toEqual([edge.part.pid()]);
});

test('an edge that was frozen while a file was imported finds its events when it thaws', {
  timeout: 300_000,
}, async () => {
  const { warehouse } = temporary;
  const source = '/frozen/edge';
  const port = { INGEST_PORT: String(new URL((await start('ingest')).part.url()!).port) };
  await Promise.all(parts.splice(0).map((part) => part.stop(5_000)));
  const edge = await start('ingest', port);
  const url = `${edge.part.url()}/v1/events`;
  expect((await post(url, key, eventOf(source, 0))).status).toBe(202);
  process.kill(edge.part.pid()!, 'SIGSTOP');
  const file = fileOf(source, 500);
  try {
    await expect.poll(async () => (await hengjian(['import', file], own())).code, patient).toBe(0);
  } finally {
    process.kill(edge.part.pid()!, 'SIGCONT');
  }
  const sender = startSender({ url, key, source });
  await expect.poll(() => sender.acknowledged(), patient).toBeGreaterThan(1_000);
  const sent = await sender.stop();
  await untilStored(warehouse, source, sent);
  expect(await storedOf(warehouse, source)).toEqual({ rows: sent, events: sent });
  expect(edge.said).toEqual([
    expect.stringMatching(/^ingest ended \(Another writer has taken over .+\); restarting in 100 ms$/),
    'ingest is back',
  ]);
});

test('a restore is refused while somebody writes or computes, also by force', async () => {
  const backup = join(directory, 'copy.tar');
  expect((await hengjian(['backup', backup], own())).code).toBe(0);
  const restore = () => hengjian(['restore', backup, '--force'], own());
  const [edge, scheduler] = [await start('ingest'), await start('scheduler')];
  const both = await restore();
  expect([both.code, both.stderr]).toEqual([
    1,
    expect.stringMatching(
      /^This warehouse is written into by an edge without Kafka \(host .+\), a scheduler \(host .+\)\. Stop them first/,
    ),
  ]);
  await edge.part.stop(5_000);
  expect((await restore()).stderr).toMatch(/^This warehouse is written into by a scheduler/);
  await scheduler.part.stop(5_000);
  expect((await restore()).stdout).toMatch(/^restored: /);
  // Nobody of the time of the backup is in the way now.
  await start('ingest');
});

describe.skipIf(!hasJava())(`with Kafka${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`, { timeout: 400_000 }, () => {
  let broker: TemporaryBroker;
  let kafka: NodeJS.ProcessEnv;
  beforeAll(async () => {
    broker = await temporaryBroker();
    kafka = { KAFKA_BROKERS: broker.brokers };
  }, 400_000);
  afterAll(() => broker?.close());

  test('beside workers events come through the log only; edges in front of it do not stand in the way of a restore', async () => {
    const { warehouse } = temporary;
    const worker = await start('worker', kafka);
    await start('worker', kafka);
    const edge = await start('ingest', kafka);
    const file = fileOf('/beside/worker', 10);
    const WORKER = /A worker \(host .+\) writes into this warehouse.+Go through the log with the same KAFKA_BROKERS/;
    const direct = await hengjian(['import', file], own());
    expect([direct.code, direct.stderr]).toEqual([75, expect.stringMatching(WORKER)]);
    await expect(startUp(['--only', 'ingest'], own())).rejects.toThrow(WORKER);
    expect((await hengjian(['import', file], own(kafka))).code).toBe(0);
    await untilStored(warehouse, '/beside/worker', 10);
    expect((await hengjian(['restore', 'any.tar', '--force'], own(kafka))).stderr).toMatch(
      /written into by a worker \(.+\), a worker \(.+\)\. Stop/,
    );
    await Promise.all(parts.filter((part) => part !== edge.part).map((part) => part.stop(10_000)));
    const backup = join(directory, 'log.tar');
    expect((await hengjian(['backup', backup], own(kafka))).code).toBe(0);
    expect((await hengjian(['restore', backup, '--force'], own(kafka))).stdout).toMatch(/^restored: /);
    expect((await post(`${edge.part.url()}/v1/events`, key, eventOf('/beside/worker', 10))).status).toBe(202);
    await start('worker', kafka);
    await untilStored(warehouse, '/beside/worker', 11);
    expect(edge.said).toEqual([]);
    expect(worker.said).toEqual([]);
  });

  test('a worker of another topic is refused, by exit code 75, until those of this one have ended', async () => {
    const { part } = await start('worker', kafka);
    const other = { ...kafka, KAFKA_TOPIC: 'another.topic' };
    const beside = await hengjian(['up', '--only', 'worker'], own({ ...other, WORKER_PORT: '0' }));
    expect([beside.code, beside.stderr]).toEqual([
      75,
      expect.stringMatching(
        /A worker \(host .+\) stores events of topic supervision\.events \(cluster .+\) in this warehouse, and this one would store those of topic another\.topic \(cluster .+\)/,
      ),
    ]);
    await part.stop(10_000);
    await start('worker', other);
  });

  test('a worker is refused beside an edge that writes by itself', async () => {
    await start('ingest');
    await expect(start('worker', kafka)).rejects.toThrow(EDGE);
  });

  test('a worker that was frozen while a file was imported finds its events when it thaws', async () => {
    const { warehouse } = temporary;
    const source = '/frozen/worker';
    const edge = await start('ingest', kafka);
    const worker = await start('worker', kafka);
    const url = `${edge.part.url()}/v1/events`;
    expect((await post(url, key, eventOf(source, 0))).status).toBe(202);
    await untilStored(warehouse, source, 1);
    process.kill(worker.part.pid()!, 'SIGSTOP');
    try {
      await expect.poll(async () => (await hengjian(['import', fileOf(source, 500)], own())).code, patient).toBe(0);
    } finally {
      process.kill(worker.part.pid()!, 'SIGCONT');
    }
    const sender = startSender({ url, key, source });
    await untilStored(warehouse, source, 1_000);
    const sent = await sender.stop();
    await untilStored(warehouse, source, sent);
    expect(await storedOf(warehouse, source)).toEqual({ rows: sent, events: sent });
  });
});
