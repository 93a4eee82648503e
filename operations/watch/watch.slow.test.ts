/** The scheduler part: metrics of the whole stream, alerts in the log when they begin and end. */
import { Writable } from 'node:stream';
import { testTopic } from '@hengjian/ingest/stream/worker/testing/test-topic.ts';
import { readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { temporaryBroker } from '../kafka/temporary-broker.ts';
import { startSchedulerPart } from './start-scheduler-part.ts';
import { StreamMetrics } from './stream-metrics.ts';
import { watchStream } from './watch-stream.ts';

const patient = { timeout: 100_000, interval: 100 };
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse({ patience: { probes: Number.POSITIVE_INFINITY, probeMs: 20_000 } });
  await temporary.warehouse.insert(
    'events',
    Array.from({ length: 30 }, (_, n) => ({
      source: '/s',
      id: `e${n}`,
      type: 'login.succeeded',
      time: ago(5),
      department: 'czj',
      recorded_at: ago(5),
    })),
  );
  await temporary.warehouse.insert(
    'rejects',
    Array.from({ length: 10 }, () => ({
      recorded_at: ago(4),
      reject_id: crypto.randomUUID(),
      reason: 'x',
      source: '/s',
    })),
  );
});
afterAll(() => temporary?.close());
const environment = () => readEnvironment({ HENGJIAN_DATA_DIR: temporary.dataDir });

test('an alert is logged once with what to do when it begins, and when it is over', async () => {
  const lines: { level: number; msg: string; alert?: string; todo?: string }[] = [];
  const logger = pino(
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(JSON.parse(String(chunk)));
        done();
      },
    }),
  );
  const { warehouse } = temporary;
  const watch = watchStream({
    warehouse,
    environment: environment(),
    logger,
    metrics: new StreamMetrics(),
    everyMs: 50,
  });
  try {
    await expect.poll(() => lines.length, patient).toBe(1);
    expect(lines[0]).toMatchObject({ level: 40, alert: 'rejects_above_share', source: '/s', n: 40 });
    expect(lines[0]!.msg).toContain('25% were refused');
    await warehouse.command("INSERT INTO reject_replays SELECT reject_id, now64(6), 'closed' FROM rejects");
    await expect.poll(() => lines.length, patient).toBe(2);
    expect(lines[1]).toMatchObject({ level: 30, ended: 'rejects_above_share /s' });
  } finally {
    await watch.stop();
    await warehouse.command('TRUNCATE TABLE reject_replays');
  }
});

test('the scheduler serves health and metrics: alerts, sources, in both formats', async () => {
  const part = await startSchedulerPart({
    warehouse: temporary.warehouse,
    environment: environment(),
    logger: pino({ level: 'silent' }),
  });
  try {
    expect((await fetch(`${part.url}/health/ready`)).status).toBe(200);
    const metrics = async (accept = 'text/plain') =>
      (await fetch(`${part.url}/metrics`, { headers: { accept } })).text();
    await expect.poll(() => metrics(), patient).toContain('hengjian_alert{alert="rejects_above_share",subject="/s"} 1');
    const text = await metrics('application/openmetrics-text');
    expect(text).toContain('hengjian_source_events_last_hour{source="/s",outcome="rejected"} 10');
    expect(text).toMatch(/# EOF\n$/);
  } finally {
    await part.stop();
  }
});

test('sources beyond a hundred, and those nobody knows, share one series', async () => {
  const metrics = new StreamMetrics();
  const source = (name: string, recent_events: number) => ({
    source: name,
    events: 1,
    last_recorded: null,
    last_time: null,
    silence_s: 5,
    duplicates: 0,
    rejects: 0,
    recent_events,
    recent_duplicates: 0,
    recent_rejects: 1,
  });
  const sources = [source('', 0), ...Array.from({ length: 150 }, (_, n) => source(`/s${n}`, n))];
  metrics.show({ alerts: [], sources }, new Date());
  const text = await metrics.registry.metrics();
  expect(text.match(/hengjian_source_silence_seconds\{/g)).toHaveLength(100);
  // 0 + … + 49 events; 50 sources and the unknown one with a reject each.
  expect(text).toContain('hengjian_source_events_last_hour{source="other",outcome="accepted"} 1225');
  expect(text).toContain('hengjian_source_events_last_hour{source="other",outcome="rejected"} 51');
});

const noted = { topic: 'supervision.events', part: 0, log_start: 0, log_end: 900, stored: 100 };
const lagOf = async (url: string) =>
  [...(await (await fetch(`${url}/metrics`)).text()).matchAll(/^hengjian_log_lag_records\{.*\} (\d+)/gm)].map(
    ([, lag]) => Number(lag),
  );

test('lag is of what this scheduler found out itself, for three minutes; of what the log dropped no lag is left', async () => {
  let at = 0;
  const metrics = new StreamMetrics(() => at);
  const served = async () => (await metrics.registry.metrics()).match(/^hengjian_log_.*/gm) ?? [];
  expect(await served()).toEqual([]);
  metrics.showLog([noted, { ...noted, part: 1, log_start: 300, log_end: 400 }]);
  at = 179_000;
  expect(await served()).toEqual([
    'hengjian_log_lag_records{partition="0"} 800',
    'hengjian_log_lag_records{partition="1"} 100',
    'hengjian_log_dropped_records{partition="0"} 0',
    'hengjian_log_dropped_records{partition="1"} 200',
  ]);
  at = 180_000;
  expect(await served()).toEqual([]);
});

test('a note of an earlier scheduler, or of before a restore, is not told as the lag of now', async () => {
  const { warehouse, dataDir } = temporary;
  await warehouse.insert('log_notes', [{ ...noted, noted_at: ago(1) }]);
  const part = await startSchedulerPart({
    warehouse,
    environment: readEnvironment({ HENGJIAN_DATA_DIR: dataDir, KAFKA_BROKERS: '127.0.0.1:1' }),
    logger: pino({ level: 'silent' }),
  });
  try {
    // By then it has read the notes.
    await expect
      .poll(async () => (await fetch(`${part.url}/metrics`)).text(), patient)
      .toMatch(/^hengjian_stream_looked_timestamp_seconds \d/m);
    expect(await lagOf(part.url!)).toEqual([]);
  } finally {
    await part.stop();
    await warehouse.command('TRUNCATE TABLE log_notes');
  }
});

test.skipIf(!hasJava())(
  `lag goes on to be told while the engine is frozen: the brokers know it${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 400_000 },
  async () => {
    const { warehouse, dataDir, engine } = temporary;
    const broker = await temporaryBroker();
    const topic = await testTopic(broker.brokers, 2);
    const part = await startSchedulerPart({
      warehouse,
      environment: readEnvironment({
        HENGJIAN_DATA_DIR: dataDir,
        KAFKA_BROKERS: broker.brokers,
        KAFKA_TOPIC: topic.name,
      }),
      logger: pino({ level: 'silent' }),
    });
    const waiting = async () => (await lagOf(part.url!)).reduce((sum, lag) => sum + lag, 0);
    const pid = engine.pid()!;
    try {
      await topic.send([
        { value: 'a', partition: 0 },
        { value: 'b', partition: 1 },
      ]);
      await expect.poll(waiting, patient).toBe(2);
      process.kill(pid, 'SIGSTOP');
      await topic.send([{ value: 'c', partition: 0 }]);
      await expect.poll(waiting, patient).toBe(3);
    } finally {
      process.kill(pid, 'SIGCONT');
      await part.stop();
      await topic.close();
      await broker.close();
    }
  },
);
