/** The scheduler part: metrics of the whole stream, alerts in the log when they begin and end. */
import { Writable } from 'node:stream';
import { readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSchedulerPart } from './start-scheduler-part.ts';
import { StreamMetrics } from './stream-metrics.ts';
import { watchStream } from './watch-stream.ts';

const patient = { timeout: 100_000, interval: 100 };
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
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
  metrics.show({ alerts: [], partitions: [], sources }, new Date());
  const text = await metrics.registry.metrics();
  expect(text.match(/hengjian_source_silence_seconds\{/g)).toHaveLength(100);
  // 0 + … + 49 events; 50 sources and the unknown one with a reject each.
  expect(text).toContain('hengjian_source_events_last_hour{source="other",outcome="accepted"} 1225');
  expect(text).toContain('hengjian_source_events_last_hour{source="other",outcome="rejected"} 51');
});
