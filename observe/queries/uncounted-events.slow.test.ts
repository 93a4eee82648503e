/** Events that count nowhere are told: how many, since when, an example, what to do; and what is missing ends it. */
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { readBalances } from '@hengjian/models/queries/read-balance.ts';
import { loadProject } from '@hengjian/models/runner/project.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeAlert } from '../alerts/describe-alert.ts';
import { readAlerts } from '../alerts/read-alerts.ts';
import { readUncounted, type Uncounted } from './uncounted-events.ts';

const project = loadProject();
const SOURCE = 'https://t.example/x';
let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

let serial = 0;
const event = (type: string, day: string, data: Record<string, unknown>, department = 'scjg'): TestEvent => ({
  id: `${type}-${++serial}`,
  source: SOURCE,
  type,
  time: `2025-${day}T09:00:00+08:00`,
  department,
  subject: '91350100M000100Y43',
  data,
});
const push = (push_id: string, department = 'scjg', bucket = 'licensed') =>
  event('registration.pushed', '04-08', { push_id, bucket, matters: [] }, department);
const task = (task_id: string) =>
  event('task.created', '04-01', { task_id, year: 2025, scope: 'single', lead: 'scjg', directed: false });
const voids = (event_id: string) =>
  event('event.voided', '04-20', { event_source: SOURCE, event_id, reason: 'r' }, 'office');
const mark = (unit: string, item: string, points = 1) =>
  event('mark.awarded', '04-20', { quarter: '2025Q2', item, unit, points, reason: 'r', approver: 'a' }, 'office');

async function told(): Promise<string[]> {
  await refresh(temporary.warehouse, project);
  return found(await readUncounted(temporary.warehouse, EVERYTHING));
}
const found = (uncounted: readonly Uncounted[]) =>
  uncounted.map(({ kind, value, events, since }) => `${kind} ${value} ${events} ${since.slice(0, 10)}`).sort();

test('before the first refresh nothing is said', async () => {
  expect(await readUncounted(temporary.warehouse, EVERYTHING)).toEqual([]);
});

test('what speaks of nothing is told also in a quarter without anything that is scored', async () => {
  const own = await temporaryWarehouse();
  try {
    const withdrawn = event('push.returned', '01-10', { push_id: 'P-7' });
    await loadEvents(own.warehouse, [
      event('push.returned', '01-09', { push_id: 'P-9' }),
      event('result.published', '01-12', { task_id: 'T-9' }),
      event('meeting.attended', '01-13', { meeting_id: 'M-9', status: 'present' }),
      { ...mark('scjg', 'no-such-item'), time: '2025-01-20T09:00:00+08:00' },
      { ...mark('nobody', 'dr_single'), time: '2025-01-20T09:00:00+08:00' },
      { ...voids('no-such-event'), time: '2025-01-20T09:00:00+08:00' },
      withdrawn,
      { ...voids(withdrawn.id), time: '2025-01-21T09:00:00+08:00' },
      // Answers what a quarter before began.
      { ...push('P-1'), time: '2024-12-30T09:00:00+08:00' },
      { ...event('push.returned', '01-09', { push_id: 'P-1' }) },
    ]);
    await refresh(own.warehouse, project);
    expect(
      (await own.warehouse.query<{ quarter: string }>('SELECT quarter FROM quarters')).map(({ quarter }) => quarter),
    ).not.toContain('2025Q1');
    const expected = [
      'unknown_event no-such-event 1 2025-01-20',
      'unknown_item no-such-item 1 2025-01-20',
      'unknown_meeting M-9 1 2025-01-13',
      'unknown_push P-9 1 2025-01-09',
      'unknown_task T-9 1 2025-01-12',
      'unknown_unit nobody 1 2025-01-20',
    ];
    expect(found(await readUncounted(own.warehouse, EVERYTHING))).toEqual(expected);
    expect(await readUncounted(own.warehouse, { ...EVERYTHING, units: ['scjg'] })).toEqual([]);
    // Once the quarter has work its balance says the same.
    await loadEvents(own.warehouse, [event('login.succeeded', '01-14', { account: 'a' })]);
    await refresh(own.warehouse, project);
    expect(found(await readUncounted(own.warehouse, EVERYTHING))).toEqual(expected);
  } finally {
    await own.close();
  }
});

test('each thing that nobody knows is told with its id, and each event of the quarter is accounted for once', async () => {
  const { warehouse } = temporary;
  const good = [push('P-1'), push('P-2'), push('U-1', 'scjg', 'unlicensed'), task('T-1')];
  const voided = push('P-V');
  const bad = [
    event('login.succeeded', '04-03', { account: 'a' }, 'CZJ'),
    event('login.succeeded', '04-02', { account: 'a' }, 'CZJ'),
    push('P-X', 'nobody'),
    event('push.claimed', '04-09', { push_id: 'P-9' }),
    event('push.outcome_fed_back', '04-10', { push_id: 'P-9', outcome: 'refused' }),
    event('push.returned', '04-10', { push_id: 'P-8' }),
    event('draw.executed', '04-10', { task_id: 'T-9', objects: [] }),
    event('result.entered', '04-11', { task_id: 'T-9', codes: ['1'] }),
    event('result.published', '04-12', { task_id: 'T-9' }),
    mark('nobody', 'dr_single'),
    mark('scjg', 'claim'),
    mark('scjg', 'dr_single', 99),
    { ...mark('scjg', 'dr_single'), time: '2025-04-19T09:00:00+08:00' },
    { ...mark('scjg', 'dr_single'), data: { ...mark('scjg', 'dr_single').data, quarter: '2025Q1' } },
    voids('no-such-event'),
    event('meeting.attended', '04-13', { meeting_id: 'M-9', status: 'present' }),
    event('material.submitted', '04-14', { obligation_id: 'B-9' }),
    event('meeting.held', '04-13', { meeting_id: 'M-1', required: ['nobody'] }, 'office'),
    event('meeting.attended', '04-13', { meeting_id: 'M-1', status: 'present' }),
  ];
  const answered = [
    event('push.claimed', '04-09', { push_id: 'P-1' }),
    event('push.claimed', '04-09', { push_id: 'U-1' }),
    event('push.claimed', '04-09', { push_id: 'P-V' }),
    event('inspection.done', '04-10', { task_id: 'T-1' }),
    event('result.published', '04-10', { task_id: 'T-1' }),
    event(
      'penalty.entered',
      '04-10',
      { doc_no: 'D', decided_on: '2025-04-09', procedure: 'general', kind: 'x' },
      'xzsp',
    ),
    event('complaint.received', '04-10', { channel: 'c', topic: 't' }),
    mark('scjg', 'dr_single'),
    voids(voided.id),
  ];
  await loadEvents(warehouse, [...good, voided, ...bad, ...answered]);
  expect(await told()).toEqual([
    'after_cutoff 2025Q1 1 2025-04-20',
    'mark_invalid scjg dr_single 1 2025-04-20',
    'unknown_event no-such-event 1 2025-04-20',
    'unknown_item claim 1 2025-04-20',
    'unknown_meeting M-9 1 2025-04-13',
    'unknown_obligation B-9 1 2025-04-14',
    'unknown_push P-8 1 2025-04-10',
    'unknown_push P-9 2 2025-04-09',
    'unknown_task T-9 3 2025-04-10',
    'unknown_unit CZJ 2 2025-04-02',
    'unknown_unit nobody 3 2025-04-08',
  ]);
  const [balance] = await readBalances(warehouse, 'nantong-etdz');
  const not = Object.entries(Object.groupBy(balance!.not_counted, ({ why }) => why));
  expect(
    Object.fromEntries(not.map(([why, rows]) => [why, rows!.reduce((sum, { events }) => sum + events, 0)])),
  ).toEqual({
    unknown_unit: 5,
    unknown_push: 3,
    unknown_task: 3,
    unknown_item: 1,
    unknown_event: 1,
    unknown_meeting: 1,
    unknown_obligation: 1,
    after_cutoff: 1,
    mark_invalid: 1,
    superseded: 1,
    not_required: 1,
    // The push, and its claim.
    voided: 2,
    other_bucket: 2,
    no_duty: 1,
    type_not_read: 1,
  });
  expect(balance).toMatchObject({ quarter: '2025Q2', events: 33, counted: 33 - 25 });
});

test('the alert says how many, since when, an example and what to do, to those who may see all', async () => {
  const { warehouse, dataDir } = temporary;
  const at = new Date('2025-06-01T00:00:00Z');
  const scope = { ...EVERYTHING };
  const alerts = (await readAlerts(warehouse, scope, { at, topic: undefined, dataDir })).filter(
    ({ alert }) => alert === 'events_uncounted',
  );
  expect(alerts).toHaveLength(9);
  const texts = alerts.map((alert) => describeAlert(alert, 'en', at));
  expect(texts[1]!.what).toBe(
    '3 events (since 2025-04-09 09:00) speak of a push that nobody pushed and are counted nowhere: P-9 and 1 more.',
  );
  expect(texts[1]!.why).toMatch(/the event push\.claimed-\d+ of https:\/\/t\.example\/x/);
  expect(describeAlert(alerts[0]!, 'zh-CN', at).what).toBe(
    '5 条事件所属单位不在评分规则内，未计入任何结果：nobody 等 2 个（自 2025-04-02 09:00 起）。',
  );
  expect(await readUncounted(warehouse, { ...scope, units: ['scjg'] })).toEqual([]);
});

test('it goes away by itself when what is missing comes, however late it is recorded', async () => {
  await loadEvents(temporary.warehouse, [
    push('P-9'),
    push('P-8'),
    task('T-9'),
    { ...event('login.succeeded', '04-07', { account: 'a' }), id: 'no-such-event' },
    event('meeting.held', '04-13', { meeting_id: 'M-9', required: ['scjg'] }, 'office'),
    event('material.due', '04-01', { obligation_id: 'B-9', due_on: '2025-04-20', required: ['scjg'] }, 'office'),
  ]);
  expect(await told()).toEqual([
    'after_cutoff 2025Q1 1 2025-04-20',
    'mark_invalid scjg dr_single 1 2025-04-20',
    'unknown_item claim 1 2025-04-20',
    'unknown_unit CZJ 2 2025-04-02',
    'unknown_unit nobody 3 2025-04-08',
  ]);
});
