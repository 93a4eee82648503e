/** What forms and desks read, on the sample as it was imported and on what was entered since. */

import { fileURLToPath } from 'node:url';
import { EVERYTHING, type Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unitCalendar } from '../calendar/unit-workdays.ts';
import { claimedBuckets, pushDue } from '../entries/push-deadlines.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { loadEvents, readEvents, type TestEvent } from '../testing/load-events.ts';
import { findEvents, readEntries } from './read-entries.ts';
import { readListReports } from './read-list-reports.ts';
import { readMeetings } from './read-meetings.ts';
import { readObligations } from './read-obligations.ts';
import { readOpenPushes } from './read-open-pushes.ts';
import { readOpenRows } from './read-open-rows.ts';
import { readOutages } from './read-outages.ts';
import { readVoids } from './read-voids.ts';

const project = loadProject();
const ruleset = project.ruleSet.id;
const sample = fileURLToPath(new URL('../../samples/nantong-sample.ndjson.gz', import.meta.url));
const office: Scope = { account: 'office', roles: ['office'], units: 'all', areas: 'all' };
const unit: Scope = { account: 'scjg', roles: ['unit'], units: ['scjg'], areas: 'all' };
const events = readEvents(sample);
let temporary: TemporaryWarehouse;

let n = 0;
const form = (type: string, department: string, data: Record<string, unknown>, time: string): TestEvent => ({
  source: '/hengjian/forms',
  id: `form-${++n}`,
  type,
  time,
  department,
  data: { ...data, entered_by: 'zhang' },
});
const voidOf = (event: { source: string; id: string }, time: string) =>
  form('event.voided', 'office', { event_source: event.source, event_id: event.id, reason: '录入有误' }, time);

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, events);
  await refresh(temporary.warehouse, project);
}, 300_000);
afterAll(() => temporary?.close());

test('open pushes are those of the ledger, with the days that it computes', async () => {
  const { warehouse } = temporary;
  const found = await readOpenPushes(warehouse, office, {
    ruleset,
    buckets: claimedBuckets(project.ruleSet),
    since: '2025-07-01',
    limit: 10_000,
  });
  const ledger = await warehouse.query<{
    unit: string;
    id: string;
    claimed: number;
    claim_due: string | null;
    feedback_due: string | null;
  }>(
    `SELECT unit, push_id AS id, claimed_at IS NOT NULL AS claimed, toString(claim_due) AS claim_due, toString(feedback_due) AS feedback_due
     FROM int_pushes WHERE quarter = '2025Q3' AND pushed_on >= '2025-07-01' AND NOT voided AND NOT return_confirmed
       AND (claimed_at IS NULL OR fed_back_at IS NULL)`,
  );
  const outages = await readOutages(warehouse);
  const computed = found.map((push) => {
    const calendar = unitCalendar(project.calendar, outages, push.unit);
    const step = push.claimedAt === null ? 'claim' : 'feedback';
    return [push.unit, push.pushId, step, pushDue(project.ruleSet, calendar, step, push)].join(' ');
  });
  const expected = ledger.map(({ unit: of, id, claimed, claim_due, feedback_due }) =>
    [of, id, claimed ? 'feedback' : 'claim', claimed ? feedback_due : claim_due].join(' '),
  );
  expect(expected.length).toBeGreaterThan(20);
  expect(computed.sort()).toEqual(expected.sort());
});

test('a unit sees its own pushes alone; an account without the right sees none', async () => {
  const filter = { ruleset, buckets: ['licensed'], since: '2025-01-01', limit: 10_000 };
  const own = await readOpenPushes(temporary.warehouse, unit, filter);
  expect(own.length).toBeGreaterThan(0);
  expect(new Set(own.map((push) => push.unit))).toEqual(new Set(['scjg']));
  expect(await readOpenPushes(temporary.warehouse, { ...office, roles: ['leader'] }, filter)).toEqual([]);
  expect(await readOpenPushes(temporary.warehouse, { ...office, areas: ['320671001'] }, filter)).toEqual([]);
});

test('open rows cost what the explanation says, and none that is over is among them', async () => {
  const { rows, total } = await readOpenRows(temporary.warehouse, unit, ruleset, ['2025Q2'], 10_000);
  const [lost] = await temporary.warehouse.query<{ points: number; n: number }>(
    `SELECT sum(points) AS points, count() AS n FROM mart_lost_points
     WHERE quarter = '2025Q2' AND unit = 'scjg' AND happened IS NULL AND kind NOT IN ('missed_login_day', 'absent', 'mark_below_full')`,
  );
  expect([rows.length, total]).toEqual([lost!.n, lost!.n]);
  expect(rows.reduce((sum, { points }) => sum + (points ?? 0), 0)).toBeCloseTo(lost!.points, 9);
  expect(rows.every((row) => row.unit === 'scjg' && row.item_name !== '')).toBe(true);
  expect((await readOpenRows(temporary.warehouse, unit, ruleset, ['2025Q2'], 3)).total).toBe(lost!.n);
});

describe('what was entered', () => {
  const held = form(
    'meeting.held',
    'office',
    { meeting_id: 'M1', title: '二季度例会', required: ['scjg', 'czj'] },
    '2025-06-20T09:00:00+08:00',
  );
  const came = form('meeting.attended', 'scjg', { meeting_id: 'M1', status: 'present' }, '2025-06-20T09:00:00+08:00');
  const due = form(
    'material.due',
    'office',
    { obligation_id: 'O1', title: '半年总结', due_on: '2025-06-27', required: ['scjg', 'czj'] },
    '2025-06-10T09:00:00+08:00',
  );
  const sent = form('material.submitted', 'czj', { obligation_id: 'O1' }, '2025-06-26T12:00:00+08:00');
  const list = form(
    'quarter_list.submitted',
    'scjg',
    { quarter: '2025Q3', kind: 'licence', rows: [] },
    '2025-09-29T12:00:00+08:00',
  );
  const first = voidOf(came, '2025-06-21T09:00:00+08:00');
  const second = voidOf(first, '2025-06-22T09:00:00+08:00');
  const third = voidOf(second, '2025-06-23T09:00:00+08:00');

  beforeAll(async () => {
    await loadEvents(temporary.warehouse, [held, came, due, sent, list]);
  });

  test('is listed with who entered it, and is counted only after a refresh', async () => {
    const types = ['meeting.held', 'meeting.attended'];
    const [newest] = await readEntries(temporary.warehouse, office, 'office_entries', ruleset, { types, limit: 1 });
    expect(newest).toMatchObject({ by: 'zhang', entered: true, counted: false, voided: null });
    const old = await readEntries(temporary.warehouse, office, 'office_entries', ruleset, { types, limit: 10_000 });
    expect(old.filter(({ source }) => source !== '/hengjian/forms').every(({ counted }) => counted)).toBe(true);
    await refresh(temporary.warehouse, project);
    const [same] = await readEntries(temporary.warehouse, office, 'office_entries', ruleset, { types, limit: 1 });
    expect(same).toMatchObject({ id: newest!.id, counted: true });
  }, 120_000);

  test('of a unit alone where the account is a unit’s; of nobody where it may not read them', async () => {
    const types = ['material.submitted', 'meeting.attended'];
    const own = await readEntries(temporary.warehouse, unit, 'unit_entries', ruleset, { types, limit: 10_000 });
    expect(new Set(own.map(({ department }) => department))).toEqual(new Set(['scjg']));
    expect(await readEntries(temporary.warehouse, unit, 'office_entries', ruleset, { types, limit: 10 })).toEqual([]);
  });

  test('meetings and materials with what each unit did; a unit sees itself', async () => {
    const [meeting] = await readMeetings(temporary.warehouse, office, ruleset, '2025-06-20');
    expect(meeting).toMatchObject({ id: 'M1', title: '二季度例会', required: ['scjg', 'czj'] });
    expect([...meeting!.attended].map(([of, { status }]) => [of, status])).toEqual([['scjg', 'present']]);
    const [own] = await readMeetings(temporary.warehouse, unit, ruleset, '2025-06-20');
    expect(own!.required).toEqual(['scjg']);
    const obligations = await readObligations(temporary.warehouse, unit, ruleset, '2025-06-10');
    const mine = obligations.find(({ id }) => id === 'O1');
    expect(mine).toMatchObject({ dueOn: '2025-06-27', required: ['scjg'] });
    expect([...mine!.submitted.keys()]).toEqual([]);
  });

  test('who has sent the lists of a quarter, by duty', async () => {
    const reports = await readListReports(temporary.warehouse, office, project.ruleSet, '2025Q3');
    // 13 of the 14 units owe both lists, and xzsp too: licences and dishonest acts.
    expect(reports.length).toBe(28);
    expect(reports.filter(({ report }) => report).map((one) => [one.unit, one.kind])).toEqual([['scjg', 'licence']]);
    const own = await readListReports(temporary.warehouse, unit, project.ruleSet, '2025Q3');
    expect(own.map((one) => one.unit)).toEqual(['scjg', 'scjg']);
  });

  test('a void takes effect, a void of it restores, a void of that takes it away again', async () => {
    const { warehouse } = temporary;
    const inForce = async () => (await readVoids(warehouse, [came])).inForce(came);
    expect(await inForce()).toBeNull();
    await loadEvents(warehouse, [first]);
    expect(await inForce()).toMatchObject({ id: first.id, by: 'zhang', reason: '录入有误' });
    const [meeting] = await readMeetings(warehouse, office, ruleset, '2025-06-20');
    expect([...meeting!.attended.keys()]).toEqual([]);
    await loadEvents(warehouse, [second]);
    expect(await inForce()).toBeNull();
    await loadEvents(warehouse, [third]);
    expect((await inForce())?.id).toBe(first.id);
    const [found] = await findEvents(warehouse, office, 'office_entries', ruleset, came.id);
    expect(found?.voided?.id).toBe(first.id);
  });
});

test('the product itself sees all of it', async () => {
  const types = ['mark.awarded'];
  expect(
    (await readEntries(temporary.warehouse, EVERYTHING, 'office_entries', ruleset, { types, limit: 10 })).length,
  ).toBeGreaterThan(0);
});
