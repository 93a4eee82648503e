/** What the office enters by forms after the cut-off of a quarter, as an upheld objection asks for it, and what the scores make of it. */
import { loadProject } from '@hengjian/models';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SignedInDashboard, signedInDashboard } from './signed-in-dashboard.ts';

const DRAFT = '2025Q2';
const PUBLISHED = '2025Q1';
/** Units with inspections, so that the office may mark them. */
const MARKED = ['scjg', 'czj', 'jsj', 'yjgl', 'sthj', 'zhzf', 'shsy', 'xfdd'];
let dashboard: SignedInDashboard;

beforeAll(async () => {
  dashboard = await signedInDashboard();
  await dashboard.signIn('desk', 'office');
}, 600_000);
afterAll(() => dashboard?.close());

const send = async (address: string, fields: [string, string][]): Promise<string> => {
  const answer = await dashboard.post(address, 'desk', new URLSearchParams(fields).toString());
  return `${answer.status} ${answer.headers.get('location') ?? (await answer.text())}`;
};
const mark = (unit: string, points: number) =>
  send('/entries/marks', [
    ['quarter', DRAFT],
    ['item', 'dr_single'],
    ['unit', unit],
    ['points', String(points)],
    ['reason', '异议成立'],
    ['approver', '张主任'],
  ]);
const standing = (unit: string, id: string, time: string) =>
  loadEvents(dashboard.warehouse, [
    {
      source: 'https://desk.example/marks',
      id,
      type: 'mark.awarded',
      time,
      department: 'office',
      data: { quarter: DRAFT, item: 'dr_single', unit, points: 1, reason: 'x', approver: 'y' },
    },
  ]);
const eventsOf = (type: string) =>
  dashboard.warehouse.query<{ unit: string; points: number; time: string }>(
    `SELECT JSONExtractString(e.data, 'unit') AS unit, JSONExtractFloat(e.data, 'points') AS points, toString(e.time) AS time
     FROM events AS e WHERE e.type = {type:String} AND e.source = '/hengjian/forms' ORDER BY e.recorded_at`,
    { type },
  );
const workdays = async (unit: string) => {
  const [row] = await dashboard.warehouse.query<{ due: number }>(
    `SELECT count() AS due FROM int_obligations WHERE quarter = {quarter:String} AND unit = {unit:String} AND measure = 'login'`,
    { quarter: DRAFT, unit },
  );
  return Number(row!.due);
};

test('of marks after the cut-off the last one entered counts; an outage that goes on beyond it moves the quarter before', async () => {
  // Other doors bring marks of the same minute.
  await standing('czj', 'near', '2025-07-09T23:59:59.900000+08:00');
  const before = await workdays('czj');
  for (const unit of MARKED) {
    expect(await mark(unit, 3)).toMatch(/^303/);
    expect(await mark(unit, 2)).toMatch(/^303/);
  }
  for (const unit of MARKED) {
    const times = (await eventsOf('mark.awarded')).filter((one) => one.unit === unit);
    expect(times.map(({ points }) => points)).toEqual([3, 2]);
    expect(times[0]!.time < times[1]!.time).toBe(true);
    expect(times[1]!.time <= '2025-07-09 23:59:59.999999').toBe(true);
  }
  expect(
    await send('/entries/outages', [
      ['from', '2025-06-27'],
      ['to', '2025-07-10'],
      ['units', 'czj'],
      ['reason', '断电'],
    ]),
  ).toMatch(/^303/);
  await refresh(dashboard.warehouse, loadProject());
  const counted = await dashboard.warehouse.query<{ unit: string; points: number }>(
    `SELECT l.unit AS unit, JSONExtractFloat(e.data, 'points') AS points FROM shown_lost_points AS l
     INNER JOIN events AS e ON e.id = l.event_id AND toString(e.source) = l.event_source
     WHERE l.quarter = {quarter:String} AND l.item = 'dr_single' AND e.type = 'mark.awarded' ORDER BY unit`,
    { quarter: DRAFT },
  );
  expect(counted).toEqual([...MARKED].sort().map((unit) => ({ unit, points: 2 })));
  // 06-27 and 06-30.
  expect(await workdays('czj')).toBe(before - 2);
}, 300_000);

test('a mark that holds the last microsecond is named, and no other is recorded that would not count', async () => {
  await standing('zrzy', 'last', '2025-07-09T23:59:59.999999+08:00');
  expect(await mark('zrzy', 2)).toMatch(/^400 .*截止日最后一刻/s);
  expect((await eventsOf('mark.awarded')).some(({ unit }) => unit === 'zrzy')).toBe(false);
});

test('the page of a void says which quarters it changes, and of others no more than that they may', async () => {
  const [row] = await dashboard.warehouse.query<{ source: string; id: string }>(
    `SELECT event_source AS source, event_id AS id FROM shown_lost_points
     WHERE quarter = {quarter:String} AND kind = 'unclaimed' ORDER BY key LIMIT 1`,
    { quarter: PUBLISHED },
  );
  const page = await dashboard.get(
    `/entries/voids?${new URLSearchParams({ event: row!.id, source: row!.source })}`,
    'desk',
  );
  const text = await page.text();
  expect(text).toMatch(/2025年第一季度已发布，发布更正后计入/);
  expect(text).toMatch(/2025年第二季度[^。]*可能受影响/);
});
