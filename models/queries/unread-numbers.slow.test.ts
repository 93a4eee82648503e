/**
 * What else stands in an event changes no answer: a number that no engine holds, or that an earlier release stored the event. The same
 * questions are asked of the same events, written plainly, with such numbers beside, and as a version without facts stored them.
 */
import { EVERYTHING, type Scope } from '@hengjian/contract/scope.ts';
import { findOwners } from '@hengjian/ingest/store/find-owners.ts';
import { StoredVersions } from '@hengjian/ingest/tables/import/stored-versions.ts';
import { KEY_LENGTH } from '@hengjian/ingest/tables/rows/event-id.ts';
import { RESTATED_TABLE } from '@hengjian/warehouse/readable-events.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAdjustments } from '../draw/task/adjustments.ts';
import { readAttempts } from '../draw/task/attempts.ts';
import { DRAW_SOURCE } from '../draw/task/draw-source.ts';
import { readLibrary } from '../draw/task/library.ts';
import { readTask } from '../draw/task/read-task.ts';
import { readTeams } from '../draw/task/read-teams.ts';
import { COUNT_CANDIDATES } from '../draw/task/task-frame-sql.ts';
import { readLiveEvents, readObjectionEvents } from '../objections/objection-events.ts';
import type { Publication } from '../publication/read-chain.ts';
import { readMarks } from '../publication/read-marks.ts';
import { readMonthCounts } from '../risk/alerts/read-month-counts.ts';
import { ALERT_SOURCE } from '../risk/alerts/risk-alert.ts';
import { readViolations } from '../risk/maps/read-violations.ts';
import { readRiskAlerts } from '../risk/queries/read-risk-alerts.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { restateFacts } from '../runner/restate-facts.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { listDrawTasks } from './draws/list-draw-tasks.ts';
import { registeredPlaces } from './draws/registered-places.ts';
import { visitsOfTask } from './draws/visits-of-task.ts';
import { readEntries } from './read-entries.ts';
import { readOpenPushes } from './read-open-pushes.ts';
import { readReminders } from './read-reminders.ts';
import { readSubjectNames } from './read-subject-names.ts';
import { readVoids } from './read-voids.ts';
import { reconciledCounts } from './reconciliation/reconciled-rows.ts';
import { readRows } from './statement.ts';
import { findSubjects } from './subjects/find-subjects.ts';
import { subjectTimeline } from './subjects/subject-timeline.ts';

const project = loadProject();
const FIRM = '91350100M000100Y43';
const OTHER = '91350100M000100Z58';
const SYSTEM = 'https://system.example';
const office: Scope = { account: 'office', roles: ['office'], units: 'all', areas: 'all' };
const DAY = '2025-05-20T09:00:00+08:00';
const RECORDED = '2025-07-01 10:00:00.000000';

type Data = Record<string, unknown>;
const event = (id: string, type: string, department: string, data: Data, more: Partial<TestEvent> = {}): TestEvent => ({
  source: SYSTEM,
  id,
  type,
  time: DAY,
  department,
  data,
  ...more,
});
const about = { subject: FIRM, region: '320601' };
const mark = (id: string, points: number, item = 'dr_single') =>
  event(id, 'mark.awarded', 'lxb', { quarter: '2025Q2', item, unit: 'czj', points, reason: 'r', approver: 'a' });
const voided = (id: string, target: string) =>
  event(id, 'event.voided', 'lxb', { event_source: SYSTEM, event_id: target, reason: 'r', entered_by: 'zhang' });
const drawn = (id: string, type: string, data: Data) =>
  event(id, type, 'scjg', { task_id: 'T1', attempt: 1, ...data }, { source: DRAW_SOURCE });
const VERSION = `${'k'.repeat(KEY_LENGTH)}-1`;

const EVENTS: TestEvent[] = [
  event(
    'e',
    'entity.registered',
    'scjg',
    { name: '甲公司', kind: 'enterprise', industry: 'H6210', registered_on: '2025-01-02', address: '路1' },
    about,
  ),
  event(
    'p1',
    'registration.pushed',
    'czj',
    { push_id: 'P1', bucket: 'licensed', matters: ['x'], name: '甲公司' },
    about,
  ),
  event(
    'p2',
    'registration.pushed',
    'czj',
    { push_id: 'P2', bucket: 'licensed', matters: ['y'], name: '乙公司' },
    { subject: OTHER },
  ),
  event('c1', 'push.claimed', 'czj', { push_id: 'P1' }, about),
  event('f1', 'push.outcome_fed_back', 'czj', { push_id: 'P1', outcome: 'licensed', decided_on: '2025-05-20' }, about),
  event('d2', 'push.dispatched', 'czj', { push_id: 'P2', from_unit: 'czj', to_unit: 'scjg' }),
  event('r2', 'push.reminded', 'czj', { push_id: 'P2', level: 'on', step: 'claim', due: '2025-05-22' }),
  event('l', 'licence.entered', 'czj', { doc_no: 'D1', decided_on: '2025-05-20', kind: 'k', push_id: 'P1' }, about),
  event(
    VERSION,
    'penalty.entered',
    'czj',
    { doc_no: 'D2', decided_on: '2025-05-20', kind: 'k', procedure: 'general', time_from: 'stamp' },
    about,
  ),
  event('q', 'quarter_list.submitted', 'czj', {
    quarter: '2025Q2',
    kind: 'licence',
    rows: [{ uscc: FIRM, doc_no: 'D1', decided_on: '2025-05-20' }],
  }),
  mark('m1', 1.5),
  mark('m2', 2.5),
  voided('v2', 'm2'),
  mark('m3', 0.5, 'dr_joint'),
  voided('v3', 'm3'),
  voided('v4', 'v3'),
  event('o', 'outage.declared', 'lxb', { from: '2025-05-01', to: '2025-05-02', units: [], reason: 'r' }),
  event('s', 'draft.shown', 'lxb', { quarter: '2025Q2', shown_on: '2025-07-03' }),
  event('so', 'score_objection.filed', 'czj', {
    objection_id: 'O',
    quarter: '2025Q2',
    unit: 'czj',
    item: 'claim',
    grounds: 'g',
  }),
  event('ci', 'circular.drafted', 'lxb', { record_sha256: 'ab', number: '1号', entered_by: 'zhang' }),
  event('t', 'task.created', 'scjg', {
    task_id: 'T1',
    year: 2025,
    scope: 'single',
    lead: 'scjg',
    directed: false,
    title: '抽查',
    matters: ['x'],
  }),
  drawn('dc', 'draw.committed', {
    frame_id: 'F',
    frame: {},
    plan: { rules: { check_type: 'daily' } },
    plan_hash: 'h',
    commit: 'c',
  }),
  drawn('do', 'draw.objects_executed', { secret: 's', beacon: 'b', seed: 's', result_hash: 'r' }),
  drawn('de', 'draw.executed', { objects: [FIRM] }),
  drawn('di', 'draw.inspectors_executed', {
    day: '2025-05-21',
    pairs: [{ subject: FIRM, inspectors: ['i1', 'i2'] }],
    result_hash: 'r',
  }),
  drawn('da', 'draw.adjusted', {
    number: 1,
    subject: FIRM,
    from: 'i2',
    to: 'i3',
    ground: 'relation',
    reason: 'r',
    approver: 'a',
  }),
  event('i1', 'inspector.registered', 'scjg', {
    inspector: 'i1',
    name: '张',
    certificate: 'Z',
    valid_until: '2027-01-01',
    active: true,
  }),
  event('id', 'inspection.done', 'scjg', { task_id: 'T1', inspectors: ['i1'] }, about),
  event('ir', 'result.entered', 'scjg', { task_id: 'T1', codes: ['B'] }, about),
  event('rs', 'risk.scored', 'lxb', { tier: 'C' }, about),
  event(
    'ra',
    'risk.alert_raised',
    'lxb',
    { alert_id: 'A', topic: 'findings', industry: 'H', series: [] },
    { source: ALERT_SOURCE, region: '320601' },
  ),
  event('rg', 'risk.alert_assigned', 'lxb', { alert_id: 'A', unit: 'czj', due_on: '2025-06-01' }),
  event(
    'rd',
    'risk.disposed',
    'czj',
    { alert_id: 'A', text: '已办', entered_by: 'wang' },
    { source: '/hengjian/forms', time: '2025-05-21T09:00:00+08:00' },
  ),
];

let temporary: TemporaryWarehouse;
const ofWarehouse = () => temporary.warehouse;

/** Changes all stored rows, as if they had been stored so. */
async function rewrite(columns: string): Promise<void> {
  await ofWarehouse().command('CREATE TABLE rewritten AS events');
  await ofWarehouse().command(`INSERT INTO rewritten SELECT * REPLACE (${columns}) FROM events`);
  await ofWarehouse().command('EXCHANGE TABLES rewritten AND events');
  await ofWarehouse().command('DROP TABLE rewritten SYNC');
}
const withNumbers = `concat('{"unread1":20250408153012000012345,"unread2":1e400,', substring(data, 2)) AS data`;
const withoutFacts =
  "0 AS facts_mark, '' AS facts, '' AS push_id, '' AS bucket, '' AS doc_no, toDate32('2299-12-31') AS decided_on";

const publication = {
  record: { as_of: '2026-01-01T00:00:00+08:00', quarter: '2025Q2' },
  snapshot: { cutoff: '2025-06-30', units: [{ unit: 'czj' }] },
} as unknown as Publication;
const CANDIDATES = {
  ...{ as_of: '2299-01-01 00:00:00', task: 'T2', department: 'scjg', year: 2025, untiered: 'B', tier_source: '' },
  ...{ low_tiers: [], areas: [], industries: [], cooling_days: 0, cap: 1, check_type: 'daily', exempt: false },
};

/** Every question, by name; none of them has an empty answer. */
function questions(): Record<string, () => Promise<unknown>> {
  const warehouse = ofWarehouse();
  const rows = (statement: Parameters<typeof readRows>[1]) => () => readRows(warehouse, statement);
  const period = { from: '2025-04-01', to: '2025-06-30' };
  const opened = { ruleset: project.ruleSet.id, buckets: ['licensed'], since: '2025-05-01', limit: 10 };
  const entries = { types: ['push.claimed'], member: { name: 'push_id', values: ['P1'] } as const, limit: 10 };
  return {
    marks: () => readMarks(warehouse, publication),
    voids: async () => {
      const voids = await readVoids(
        warehouse,
        ['m2', 'm3'].map((id) => ({ source: SYSTEM, id })),
      );
      return ['m2', 'm3'].map((id) => voids.inForce({ source: SYSTEM, id }));
    },
    objections: () => readObjectionEvents(warehouse),
    circulars: () => readLiveEvents(warehouse, ['circular.drafted']),
    'open pushes': () => readOpenPushes(warehouse, office, opened),
    reminders: () => readReminders(warehouse, office, '2025-01-01', 10),
    reconciliation: rows(reconciledCounts(office, project.ruleSet, '2025Q2')),
    entries: () => readEntries(warehouse, office, 'desk', project.ruleSet.id, entries),
    names: async () => [...(await readSubjectNames(office, warehouse, [FIRM]))],
    places: rows(registeredPlaces(office)),
    tasks: rows(listDrawTasks(office, { year: 2025, limit: 10, offset: 0 })),
    task: () => readTask(warehouse, 'T1'),
    attempts: () => readAttempts(warehouse, 'T1'),
    teams: () => readTeams(warehouse, { task: 'T1' }),
    adjustments: () => readAdjustments(warehouse, 'T1', 1),
    visits: rows(visitsOfTask(office, { task: 'T1', year: 2025, units: ['scjg'] })),
    inspectors: () => readLibrary(warehouse, { units: 'all', year: 2025 }),
    candidates: () => warehouse.query(COUNT_CANDIDATES, CANDIDATES),
    subjects: rows(findSubjects(office, { text: 'D1', limit: 10 })),
    timeline: rows(subjectTimeline(office, { subject: FIRM, limit: 50 })),
    alerts: () => readRiskAlerts(warehouse, office, { limit: 10 }),
    violations: rows(readViolations(EVERYTHING, period)),
    'counts of months': rows(readMonthCounts(period.from, period.to)),
    owners: async () => {
      const owners = await findOwners(warehouse, {
        pushes: new Set(['P1', 'P2']),
        events: new Map(),
        things: new Map(),
      });
      return [owners.push('P1'), owners.push('P2')];
    },
    'versions of a table': async () => {
      const versions = new StoredVersions(warehouse, SYSTEM, false);
      return [...((await versions.of([VERSION.slice(0, KEY_LENGTH)], ['penalty.entered'])).values() ?? [])].map(
        (one) => [...one],
      );
    },
  };
}

async function answers(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, ask] of Object.entries(questions()))
    found[name] = JSON.parse(JSON.stringify(await ask(), (key, value) => (/^unread\d$/.test(key) ? undefined : value)));
  return found;
}

let plain: Record<string, unknown>;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, EVENTS, RECORDED);
  await refresh(temporary.warehouse, project, { quarters: ['2025Q2'] });
  plain = await answers();
}, 300_000);
afterAll(() => temporary?.close());

test('the questions have answers', () => {
  expect(Object.entries(plain).filter(([, answer]) => JSON.stringify(answer).length < 5)).toEqual([]);
  expect(plain).toMatchObject({
    marks: [
      { item: 'dr_joint', points: 0.5 },
      { item: 'dr_single', points: 1.5 },
    ],
    voids: [{ id: 'v2', by: 'zhang' }, null],
    'open pushes': [{ pushId: 'P2', name: '乙公司', matters: ['y'] }],
    owners: [{ units: ['czj'] }, { units: expect.arrayContaining(['czj', 'scjg']) }],
    candidates: [{ tier: 'C', exclusion: 'annual_cap' }],
    alerts: [{ state: 'disposed', acts: [{ kind: 'assigned' }, { by: 'wang', text: '已办' }] }],
  });
}, 120_000);

test('before a refresh has derived their facts again, events of an earlier release answer alike', async () => {
  await rewrite(withoutFacts);
  expect(await answers()).toEqual(plain);
}, 300_000);

test('and once it has, also where they hold numbers that no engine holds', async () => {
  await rewrite(withNumbers);
  await restateFacts(ofWarehouse(), 'events');
  expect(await answers()).toEqual(plain);
}, 300_000);

test('so do events that this version stored with such numbers beside', async () => {
  await ofWarehouse().command('TRUNCATE TABLE events');
  await ofWarehouse().command(`TRUNCATE TABLE ${RESTATED_TABLE}`);
  await loadEvents(ofWarehouse(), EVENTS, RECORDED);
  await rewrite(withNumbers);
  expect(await answers()).toEqual(plain);
}, 300_000);
