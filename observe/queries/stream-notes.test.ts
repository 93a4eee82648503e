/** What writers and the log watch noted, and the alerts made of it, on a real engine. */

import type { Scope } from '@hengjian/contract/scope.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAlerts } from '../alerts/read-alerts.ts';
import { workdays } from '../alerts/workdays.ts';
import { streamLogLag } from './stream-log-lag.ts';
import { streamPartitions } from './stream-partitions.ts';
import { sourceHours } from './stream-source-hours.ts';
import { streamWriters } from './stream-writers.ts';

const office: Scope = { account: 'o', roles: ['office'], units: 'all', areas: 'all' };
const leader: Scope = { account: 'l', roles: ['leader'], units: 'all', areas: 'all' };
const DAY = 86_400_000;
const isWorkday = workdays('/nonexistent');
/** Notes are kept for 30 days, so the test plays at noon (in Shanghai) of the last Tuesday after a Monday, both workdays. */
const at = lastTuesdayNoon();
const ago = (minutes: number) => new Date(at.getTime() - minutes * 60_000).toISOString();
const topic = 'supervision.events';

const second = (iso: string) => iso.replace('.000Z', 'Z');
const yesterdayNoon = new Date(at.getTime() - DAY);

function lastTuesdayNoon(): Date {
  const noon = new Date(Math.floor(Date.now() / DAY) * DAY + 4 * 3_600_000 - DAY);
  const works = (moment: Date) => isWorkday(moment.toISOString().slice(0, 10));
  while (noon.getUTCDay() !== 2 || !works(noon) || !works(new Date(noon.getTime() - DAY)))
    noon.setUTCDate(noon.getUTCDate() - 1);
  return noon;
}

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const { warehouse } = temporary;
  const insert = { since: ago(1), writer: 'a/1', door: 'worker', retries: 0, failures: 0 };
  await warehouse.insert('insert_notes', [
    {
      ...insert,
      noted_at: ago(3),
      blocks: 1,
      events: 80,
      duplicates: 15,
      rejects: 5,
      max_rows: 100,
      insert_ms: 50,
      max_ms: 50,
    },
    {
      ...insert,
      noted_at: ago(2),
      blocks: 3,
      events: 300,
      duplicates: 0,
      rejects: 0,
      max_rows: 200,
      insert_ms: 90,
      max_ms: 40,
    },
    { ...insert, noted_at: ago(90), blocks: 9, events: 9, max_rows: 1, insert_ms: 9, max_ms: 1 },
  ]);
  const partition = { since: ago(1), writer: 'a/1', topic, known: 0, passed_on: 2, lag: 0 };
  await warehouse.insert('partition_notes', [
    { ...partition, noted_at: ago(3), part: 0, batches: 2, records: 90, accepted: 75, duplicates: 10, rejects: 3 },
    {
      ...partition,
      noted_at: ago(2),
      part: 0,
      batches: 2,
      records: 10,
      accepted: 8,
      duplicates: 0,
      rejects: 0,
      writer: 'b/2',
    },
    { ...partition, noted_at: ago(2), part: 0, batches: 2, records: 10, topic: 'other' },
  ]);
  // Partition 0 is stored until five minutes ago, then nothing; 1 has nothing to do; of 2 the log dropped 7 records.
  await warehouse.insert(
    'log_notes',
    Array.from({ length: 61 }, (_, n) => 60 - n).flatMap((minute) => [
      {
        noted_at: ago(minute),
        topic,
        part: 0,
        log_start: 0,
        log_end: 10_000 - 100 * minute,
        stored: Math.min(9_500, 10_000 - 100 * minute),
      },
      { noted_at: ago(minute), topic, part: 1, log_start: 3, log_end: 5, stored: 5 },
      { noted_at: ago(minute), topic, part: 2, log_start: 47, log_end: 47, stored: 40 },
    ]),
  );
  // A system that sends every workday from 8 to 18 o'clock, and stopped yesterday at noon; one that goes on.
  const hours = Array.from(
    { length: 26 * 24 },
    (_, n) => new Date(at.getTime() - 26 * DAY + 12 * 3_600_000 + n * 3_600_000),
  );
  const working = hours.filter((hour) => {
    const local = new Date(hour.getTime() + 8 * 3_600_000).toISOString();
    const clock = Number(local.slice(11, 13));
    return isWorkday(local.slice(0, 10)) && clock >= 8 && clock < 18;
  });
  const event = (source: string, time: Date, n: number) => ({
    source,
    id: `${source}${n}`,
    type: 'login.succeeded',
    time: time.toISOString(),
    department: 'czj',
    recorded_at: time.toISOString(),
  });
  await warehouse.insert('events', [
    ...working.filter((hour) => hour < yesterdayNoon).map((hour, n) => event('/stopped', hour, n)),
    ...working.filter((hour) => hour <= at).map((hour, n) => event('/going-on', hour, n)),
    ...Array.from({ length: 60 }, (_, n) => event('/going-on', new Date(ago(n / 2)), 10_000 + n)),
  ]);
  await warehouse.insert(
    'rejects',
    Array.from({ length: 8 }, () => ({
      recorded_at: ago(5),
      reject_id: crypto.randomUUID(),
      reason: 'not_json',
      source: '/going-on',
    })),
  );
});
afterAll(() => temporary?.close());

test('writers: blocks, their rows and times, of the period', async () => {
  const rows = await readRows(temporary.reader, streamWriters(office, { at, minutes: 60 }));
  expect(rows).toEqual([
    {
      writer: 'a/1',
      door: 'worker',
      last_noted: second(ago(2)),
      blocks: 4,
      events: 380,
      duplicates: 15,
      rejects: 5,
      mean_rows: 100,
      max_rows: 200,
      mean_ms: 35,
      max_ms: 50,
      retries: 0,
      failures: 0,
    },
  ]);
});

test('partitions: lag by the brokers’ word, since when one stands still, what was written and by whom', async () => {
  const rows = await readRows(temporary.reader, streamPartitions(office, { topic, at, minutes: 60 }));
  expect(rows).toHaveLength(3);
  expect(rows[0]).toEqual({
    part: 0,
    lag: 500,
    dropped: 0,
    noted: second(ago(0)),
    stuck_since: second(ago(4)),
    records: 100,
    batches: 4,
    accepted: 83,
    duplicates: 10,
    rejects: 3,
    passed_on: 4,
    writer: 'b/2',
    last_written: second(ago(2)),
  });
  expect(rows[1]).toMatchObject({ part: 1, lag: 0, stuck_since: null, writer: null, last_written: null, records: 0 });
  expect(rows[2]).toMatchObject({ part: 2, lag: 0, dropped: 7 });
});

test('lag over time: the last look of each step, offsets added over the partitions', async () => {
  const rows = await readRows(temporary.reader, streamLogLag(office, { topic, at, minutes: 60, step: 15 }));
  expect(rows.map(({ lag }) => lag)).toEqual([0, 0, 0, 400, 500]);
  expect(rows.at(-1)).toEqual({ at: at.getTime(), lag: 500, log_end: 10_052, stored: 9_545 });
});

test('hours of a source are those in which something was recorded', async () => {
  const rows = await readRows(temporary.reader, sourceHours(office, { at, days: 28 }));
  expect(rows.map(({ source }) => source)).toEqual(['/going-on', '/stopped']);
  expect(rows[1]!.hours).toEqual(rows[1]!.hours.toSorted((a, b) => a - b));
  expect(rows[1]!.last).toBe(yesterdayNoon.getTime() - 3_600_000);
});

test('alerts: what stands still, what is dropped, who sends rubbish, who is silent; nothing for who may not see it', async () => {
  const options = { at, topic, dataDir: temporary.dataDir };
  const alerts = await readAlerts(temporary.reader, office, options);
  expect(alerts.map(({ alert }) => alert)).toEqual([
    'records_dropped',
    'workers_silent',
    'rejects_above_share',
    'source_silent',
  ]);
  expect(alerts[1]).toMatchObject({ partitions: [0], lag: 500, all: true });
  expect(alerts[2]).toMatchObject({ source: '/going-on', rejects: 8 });
  expect(alerts[3]).toMatchObject({
    source: '/stopped',
    since: new Date(yesterdayNoon.getTime() - 3_600_000).toISOString(),
    habit_hours: 0,
  });
  expect(await readAlerts(temporary.reader, leader, options)).toEqual([]);
  expect(await readAlerts(temporary.reader, { ...office, units: ['czj'] }, options)).toEqual([]);
  // An hour after the last look nobody knows what stands still; what is lost is lost.
  const later = { ...options, at: new Date(at.getTime() + 3_600_000) };
  const unseen = (await readAlerts(temporary.reader, office, later)).filter((alert) => 'topic' in alert);
  expect(unseen.map(({ alert }) => alert)).toEqual(['records_dropped', 'lag_unknown']);
  // Without a log nothing is said of it.
  const direct = await readAlerts(temporary.reader, office, { ...options, topic: undefined });
  expect(direct.map(({ alert }) => alert)).toEqual(['rejects_above_share', 'source_silent']);
});

test('nobody ever asked the brokers: the lag is unknown, not zero', async () => {
  const alerts = await readAlerts(temporary.reader, office, { at, topic: 'never-seen', dataDir: temporary.dataDir });
  expect(alerts[0]).toMatchObject({ alert: 'lag_unknown', since: null });
  for (const scope of [leader, { ...office, areas: ['320671001'] }]) {
    expect(await readRows(temporary.reader, streamPartitions(scope, { topic, at, minutes: 60 }))).toEqual([]);
    expect(await readRows(temporary.reader, streamWriters(scope, { at, minutes: 60 }))).toEqual([]);
    expect(await readRows(temporary.reader, streamLogLag(scope, { topic, at, minutes: 60, step: 1 }))).toEqual([]);
    expect(await readRows(temporary.reader, sourceHours(scope, { at, days: 28 }))).toEqual([]);
  }
});

test('rejects whose source cannot be read are judged among all that came by the same key or file', async () => {
  const soon = new Date(at.getTime() + 30_000);
  const garbage = (origin: string) =>
    Array.from({ length: 25 }, () => ({
      recorded_at: second(ago(1)),
      reject_id: crypto.randomUUID(),
      reason: 'not_json',
      source: '',
      origin_kind: 'file',
      origin,
    }));
  await temporary.warehouse.insert('rejects', [...garbage('district.ndjson'), ...garbage('broken-system')]);
  await temporary.warehouse.command(
    `INSERT INTO events (source, id, type, time, department, recorded_at, origin_kind, origin)
     SELECT '/large', toString(number), 'login.succeeded', {at:DateTime64(3, 'UTC')}, 'czj', {at:DateTime64(3, 'UTC')}, 'file', 'district.ndjson'
     FROM numbers(20000)`,
    { at: ago(1).slice(0, 23).replace('T', ' ') },
  );
  const alerts = await readAlerts(temporary.reader, office, {
    at: soon,
    topic: undefined,
    dataDir: temporary.dataDir,
  });
  const unreadable = alerts.filter((alert) => 'source' in alert && alert.source === '');
  expect(unreadable).toEqual([
    {
      alert: 'rejects_above_share',
      source: '',
      origin: 'broken-system',
      n: 25,
      rejects: 25,
      share: 1,
      allowed_share: 0.01,
    },
  ]);
});
