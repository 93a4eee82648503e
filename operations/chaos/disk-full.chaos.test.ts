/** Disks run full and get room again, under a stream: the warehouse's under a direct edge and under workers, and the broker's. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createKey } from '@hengjian/ingest';
import { connectionTo, connectWarehouse, readRunFile } from '@hengjian/warehouse';
import { freePort, freePorts } from '@hengjian/warehouse/engine/free-port.ts';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { temporaryBroker } from '../kafka/temporary-broker.ts';
import { hengjian, startUp } from '../testing/front-door.ts';
import { supervisePart } from '../up/supervise-part.ts';
import { memoryOf } from './memory-of.ts';
import { fill, makeRoom, onSmallDisk, seenBy, smallDisksWork } from './small-disk.ts';
import { eventOf, post, startSender, storedOf, untilStored } from './steady-sender.ts';

const NEEDS = smallDisksWork() ? '' : ' (skipped: needs `unshare --mount`, as root or with user namespaces)';
const BROKER = hasJava() ? NEEDS : ` (skipped: ${INSTALL_JAVA})`;
const DISK_MIB = 300;
const undo: (() => unknown)[] = [];
afterAll(async () => {
  for (const step of undo.reverse()) await step();
}, 300_000);

/** `up` with its data directory on a small disk. */
async function upOnSmallDisk(parts: string, env: NodeJS.ProcessEnv = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-full-'));
  undo.push(() => rmSync(directory, { recursive: true, force: true }));
  const up = await startUp(
    ['--only', parts],
    { HENGJIAN_DATA_DIR: directory, ...env },
    onSmallDisk(directory, DISK_MIB),
  );
  undo.push(() => up.end());
  const disk = seenBy(up.child.pid!, directory);
  const warehouse = await connectWarehouse(connectionTo(readRunFile(disk)!.access!, 'app'));
  undo.push(() => warehouse.close());
  return { up, disk, warehouse };
}

const restarts = (output: string) => output.split('\n').filter((line) => /restarting/.test(line));

describe.concurrent('a full disk', { timeout: 600_000 }, () => {
  test.skipIf(NEEDS)(`of the warehouse, without Kafka: 503 naming the disk, then on as before${NEEDS}`, async () => {
    const { up, disk, warehouse } = await upOnSmallDisk('ingest');
    const key = await createKey(warehouse, { name: 'full' });
    const url = `${up.ingest}/v1/events`;
    const source = '/full/direct';
    const sender = startSender({ url, key, source });
    await sender.until(({ status }) => status === 202);
    fill(disk);
    const refused = await sender.until(({ status }) => status !== 202);
    expect(refused).toMatchObject({ status: 503, retryAfter: '5' });
    await sender.until(({ detail }) => detail.startsWith('The disk of the warehouse is full'));

    const ready = await fetch(`${up.ingest}/health/ready`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('disk of the warehouse is full')]);
    expect((await fetch(`${up.ingest}/health/live`)).status).toBe(200);
    const doctor = await hengjian(['doctor'], { HENGJIAN_DATA_DIR: disk });
    expect(doctor.stdout).toMatch(/✗ disk space +0\.0 GiB free/);
    expect(doctor.code).not.toBe(0);
    const status = await hengjian(['status'], { HENGJIAN_DATA_DIR: disk });
    expect(`${status.stdout}${status.stderr}`).toMatch(/The disk of the warehouse is full or nearly so: 0\.0 GiB left/);

    // Refused before they are kept: what senders offer meanwhile does not pile up.
    const ingest = up.descendants().find((pid) => commandOf(pid).includes('run-part.ts\0ingest'))!;
    const before = memoryOf(ingest);
    const large = Array.from({ length: 50_000 }, (_, n) => eventOf('/full/flood', n)).join('\n');
    for (let round = 0; round < 10; round += 1) {
      const floods = await Promise.all(Array.from({ length: 4 }, () => post(url, key, large)));
      // 0: the answer came while the body was still being sent, and the client gave up reading.
      for (const { status, retryAfter } of floods)
        expect([
          [503, '5'],
          [0, null],
        ]).toContainEqual([status, retryAfter]);
    }
    expect(memoryOf(ingest) - before).toBeLessThan(300);

    makeRoom(disk);
    await sender.until(({ status }) => status === 202);
    const sent = await sender.stop();
    expect(await storedOf(warehouse, source)).toEqual({ rows: sent, events: sent });
    expect(sender.answers().filter(({ status }) => status !== 202 && status !== 503)).toEqual([]);
    expect(await storedOf(warehouse, '/full/flood')).toEqual({ rows: 0, events: 0 });
    expect(restarts(up.output())).toEqual([]);
  });

  test.skipIf(BROKER)(`of the warehouse, behind Kafka: edges go on, workers wait and go on${BROKER}`, async () => {
    const broker = await temporaryBroker();
    undo.push(() => broker.close());
    const { up, disk, warehouse } = await upOnSmallDisk('ingest,worker', {
      KAFKA_BROKERS: broker.brokers,
      WORKER_PORT: String(await freePort()),
    });
    const key = await createKey(warehouse, { name: 'full' });
    const source = '/full/workers';
    const sender = startSender({ url: `${up.ingest}/v1/events`, key, source });
    await untilStored(warehouse, source, 500);
    fill(disk);
    sender.answers();
    const full = sender.acknowledged();
    await pause(20_000);
    await vi.waitUntil(() => sender.acknowledged() > full + 1_000, { timeout: 180_000, interval: 100 });
    const waiting = await storedOf(warehouse, source);
    expect(waiting.events).toBeLessThan(sender.acknowledged());
    makeRoom(disk);
    const sent = await sender.stop();
    expect(sender.answers().filter(({ status }) => status !== 202)).toEqual([]);
    await untilStored(warehouse, source, sent);
    expect(await storedOf(warehouse, source)).toEqual({ rows: sent, events: sent });
    expect(restarts(up.output())).toEqual([]);
  });

  test.skipIf(BROKER)(`of the broker: 503 until there is room and it runs again${BROKER}`, async () => {
    const temporary = await temporaryWarehouse();
    undo.push(() => temporary.close());
    const broker = await brokerOnSmallDisk();
    const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-full-'));
    undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
    const env = {
      ...process.env,
      HENGJIAN_DATA_DIR: dataDir,
      CLICKHOUSE_URL: temporary.url,
      KAFKA_BROKERS: broker.brokers,
      INGEST_PORT: '0',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    };
    const parts = [];
    for (const name of ['ingest', 'worker'] as const) {
      const part = await supervisePart(name, env, { output: 2 }, () => {});
      parts.push(part);
      undo.push(() => part.stop(5_000));
    }
    const { warehouse } = temporary;
    const key = await createKey(warehouse, { name: 'full' });
    const source = '/full/broker';
    const sender = startSender({ url: `${parts[0]!.url()}/v1/events`, key, source });
    await untilStored(warehouse, source, 500);
    fill(broker.disk);
    const refused = await sender.until(({ status }) => status !== 202);
    expect([refused.status, Number(refused.retryAfter)]).toEqual([503, expect.any(Number)]);
    await broker.until('ended');
    makeRoom(broker.disk);
    await sender.until(({ status }) => status === 202);
    const sent = await sender.stop();
    await untilStored(warehouse, source, sent);
    expect(await storedOf(warehouse, source)).toEqual({ rows: sent, events: sent });
    expect(sender.answers().filter(({ status }) => ![202, 503].includes(status))).toEqual([]);
  });
});

async function brokerOnSmallDisk() {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-full-'));
  const [port, controllerPort] = (await freePorts(2)) as [number, number];
  const script = fileURLToPath(new URL('./keep-broker.ts', import.meta.url));
  const [program, ...args] = onSmallDisk(
    directory,
    DISK_MIB,
  )([
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    script,
    directory,
    ...[port, controllerPort].map(String),
  ]);
  const child = spawn(program!, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const heard = listenTo(child);
  undo.push(async () => {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin!.end();
    await ended;
    rmSync(directory, { recursive: true, force: true });
  });
  await heard('answers');
  return { brokers: `127.0.0.1:${port}`, disk: seenBy(child.pid!, directory), until: heard };
}

function listenTo(child: ChildProcess): (word: string) => Promise<void> {
  let output = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
  return async (word) => {
    for (let waited = 0; !output.includes(word); waited += 100) {
      if (waited > 300_000 || child.exitCode !== null) throw new Error(`"${word}" was not said: ${output}`);
      await pause(100);
    }
  };
}

const commandOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');
