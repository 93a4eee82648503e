import type { Scope } from '@hengjian/contract/scope.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamLag } from './stream-lag.ts';
import { streamMinutes } from './stream-minutes.ts';
import { latestRejects, rejectReasons } from './stream-rejects.ts';
import { streamSources } from './stream-sources.ts';

const office: Scope = { account: 'o', roles: ['office'], units: 'all', areas: 'all' };
const unit: Scope = { account: 'u', roles: ['unit'], units: ['czj'], areas: 'all' };
const leader: Scope = { account: 'l', roles: ['leader'], units: 'all', areas: 'all' };
const nobody: Scope = { account: '', roles: [], units: 'all', areas: 'all' };
const at = new Date('2026-03-02T04:00:00Z');
const local = (text: string) => `2026-03-02 ${text}`;

let temporary: TemporaryWarehouse;
const rows: typeof readRows = (_, statement) => readRows(temporary.reader, statement);

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const event = (id: string, more: object) => ({
    source: 's1',
    id,
    type: 'login.succeeded',
    time: local('11:00:00'),
    department: 'czj',
    region: '',
    recorded_at: local('11:30:10'),
    ...more,
  });
  await temporary.warehouse.insert('events', [
    event('1', {}),
    event('2', { recorded_at: local('11:30:50'), department: 'scjg' }),
    event('3', { recorded_at: local('11:31:00'), type: 'push.claimed', region: '320671001', origin_kind: 'http' }),
    event('4', { recorded_at: local('10:00:00') }),
    event('6', { recorded_at: local('11:20:00'), department: 'jsj', time: '2020-01-01 00:00:00', origin_kind: 'file' }),
    event('5', { source: 's2', recorded_at: local('09:00:00'), time: '2026-01-01 00:00:00' }),
  ]);
  await temporary.warehouse.insert('duplicates', [{ recorded_at: local('11:40:00'), source: 's1', id: '1' }]);
  const replayed = crypto.randomUUID();
  await temporary.warehouse.insert('reject_replays', [
    { reject_id: replayed, replayed_at: local('11:50:00'), outcome: 'accepted' },
  ]);
  await temporary.warehouse.insert('rejects', [
    { recorded_at: local('11:44:00'), reject_id: replayed, reason: 'not_json', source: 's1', bytes: 'y', size: 1 },
    {
      recorded_at: local('11:41:00'),
      reject_id: crypto.randomUUID(),
      reason: 'uscc_check_character',
      source: 's3',
      bytes: '{"a":"<b>"}',
      size: 11,
    },
    {
      recorded_at: local('11:42:00'),
      reject_id: crypto.randomUUID(),
      reason: 'not_json',
      source: 's1',
      bytes: 'x'.repeat(9000),
      size: 9000,
    },
    {
      recorded_at: local('11:43:00'),
      reject_id: crypto.randomUUID(),
      reason: 'not_json',
      source: 's1',
      bytes: '{',
      size: 1,
    },
  ]);
});
afterAll(() => temporary?.close());

test('arrivals fall into minutes of recording time; older ones are outside the hour', async () => {
  const statement = streamMinutes(office, { at, minutes: 60, step: 1 });
  expect(await rows(temporary.reader, statement)).toEqual([
    { at: '2026-03-02 11:20:00.000', type: 'login.succeeded', events: 1 },
    { at: '2026-03-02 11:30:00.000', type: 'login.succeeded', events: 2 },
    { at: '2026-03-02 11:31:00.000', type: 'push.claimed', events: 1 },
  ]);
  const day = await rows(temporary.reader, streamMinutes(office, { at, minutes: 1440, step: 15 }));
  expect(day.map((row) => row.events)).toEqual([1, 1, 1, 2, 1]);
});

test('a unit sees arrivals of its own only, an area scope those of its areas, nobody none', async () => {
  const count = async (scope: Scope) =>
    (await rows(temporary.reader, streamMinutes(scope, { at, minutes: 60, step: 60 }))).reduce(
      (sum, row) => sum + row.events,
      0,
    );
  expect(await count(unit)).toBe(2);
  expect(await count({ ...leader, areas: ['320671001'] })).toBe(1);
  expect(await count({ ...leader, areas: [] })).toBe(0);
  expect(await count(nobody)).toBe(0);
});

test('sources: silence since the last recording, duplicates and rejects, the longest silent first', async () => {
  expect(await rows(temporary.reader, streamSources(office, { at, minutes: 30 }))).toEqual([
    {
      source: 's2',
      events: 1,
      last_recorded: '2026-03-02T01:00:00Z',
      last_time: '2025-12-31T16:00:00Z',
      silence_s: 3 * 3600,
      duplicates: 0,
      rejects: 0,
      recent_events: 0,
      recent_duplicates: 0,
      recent_rejects: 0,
    },
    {
      source: 's1',
      events: 5,
      last_recorded: '2026-03-02T03:31:00Z',
      last_time: '2026-03-02T03:00:00Z',
      silence_s: 29 * 60,
      duplicates: 1,
      rejects: 2,
      recent_events: 3,
      recent_duplicates: 1,
      recent_rejects: 2,
    },
    // Whoever writes rubbish may call itself anything: sources that never sent a valid event are one row.
    {
      source: '',
      events: 0,
      last_recorded: null,
      last_time: null,
      silence_s: null,
      duplicates: 0,
      rejects: 1,
      recent_events: 0,
      recent_duplicates: 0,
      recent_rejects: 1,
    },
  ]);
});

test('lag: median delay of the recent arrivals with their number, without files of old events', async () => {
  const [lag] = await rows(temporary.reader, streamLag(office, { at, minutes: 60 }));
  expect(lag).toMatchObject({ events: 6, silence_s: 29 * 60, recent: 3 });
  expect(lag!.delay_p50_s).toBeCloseTo(30 * 60 + 50, 0);
  const [none] = await rows(temporary.reader, streamLag({ ...unit, units: ['xx'] }, { at, minutes: 60 }));
  expect(none).toEqual({ events: 0, silence_s: null, recent: 0, delay_p50_s: null, delay_p95_s: null });
});

test('rejects: by reason, in detail those still open, long bytes cut, only for office, auditor and admin without limits', async () => {
  expect(await rows(temporary.reader, rejectReasons(office))).toMatchObject([
    { reason: 'not_json', open: 2, rejects: 3 },
    { reason: 'uscc_check_character', open: 1, rejects: 1 },
  ]);
  const detail = await rows(temporary.reader, latestRejects(office, { reason: 'not_json', limit: 10, offset: 1 }));
  expect(detail).toMatchObject([{ reason: 'not_json', size: 9000, recorded: '2026-03-02T03:42:00Z' }]);
  expect(detail[0]!.bytes).toHaveLength(4000);
  for (const scope of [unit, leader, nobody, { ...office, units: ['czj'] }]) {
    expect(await rows(temporary.reader, latestRejects(scope, { reason: '', limit: 10, offset: 0 }))).toEqual([]);
    expect(await rows(temporary.reader, rejectReasons(scope))).toEqual([]);
    expect(await rows(temporary.reader, streamSources(scope, { at, minutes: 30 }))).toEqual([]);
  }
});
