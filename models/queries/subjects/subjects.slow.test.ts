/** One subject across departments: found by code, name and number, seen by each role as far as it may. */
import type { Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadEvents, type TestEvent } from '../../testing/load-events.ts';
import { visitsOfTask } from '../draws/visits-of-task.ts';
import { readSubjectNames } from '../read-subject-names.ts';
import { readRows } from '../statement.ts';
import { findSubjects } from './find-subjects.ts';
import { subjectTimeline } from './subject-timeline.ts';

let temporary: TemporaryWarehouse;
const FIRST = '91320600MA1DEM015E';
const SECOND = '91320600MA1DEM016C';
/** A sole trader, who trades under their own name. */
const TRADER = '92320602MA1XYGH30C';
const office: Scope = { account: 'o', roles: ['office'], units: 'all', areas: 'all' };
const unit = (id: string): Scope => ({ account: id, roles: ['unit'], units: [id], areas: 'all' });
let serial = 0;
const event = (type: string, day: string, department: string, data: object, subject = ''): TestEvent => ({
  id: `e${serial++}`,
  source: '/test',
  type,
  time: `${day}T10:00:00+08:00`,
  department,
  ...(subject ? { subject, region: subject === FIRST ? '320671001' : '320671002' } : {}),
  data: data as Record<string, unknown>,
});
const registered = (subject: string, name: string) =>
  event(
    'entity.registered',
    '2024-01-02',
    'scjg',
    { name, kind: 'enterprise', industry: 'H', registered_on: '2024-01-02' },
    subject,
  );
const voided = event(
  'penalty.entered',
  '2025-03-05',
  'yjgl',
  { doc_no: 'V-1', decided_on: '2025-03-01', procedure: 'general', kind: '罚款' },
  FIRST,
);

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, [
    registered(FIRST, '示例甲餐饮有限公司'),
    registered(SECOND, '示例乙餐饮有限公司'),
    registered(TRADER, '王小明便利店'),
    event('draw.executed', '2025-03-03', 'xfdd', { task_id: 'T2', objects: [SECOND, TRADER] }),
    event('registration.pushed', '2025-01-03', 'yjgl', { push_id: 'P1', bucket: 'licensed', matters: [] }, FIRST),
    event('push.claimed', '2025-01-06', 'yjgl', { push_id: 'P1' }),
    event('push.claimed', '2025-01-06', 'yjgl', { push_id: 'P2' }),
    event(
      'penalty.entered',
      '2025-02-05',
      'sthj',
      { doc_no: 'D-7', decided_on: '2025-02-01', procedure: 'general', kind: '罚款', amount: 5000 },
      FIRST,
    ),
    event('record.published', '2025-02-07', 'sthj', { record_id: 'D-7' }),
    event('repair.approved', '2025-04-01', 'sthj', { record_id: 'D-7' }, FIRST),
    event('draw.executed', '2025-03-01', 'xfdd', { task_id: 'T1', objects: [FIRST, SECOND] }),
    event('tier.changed', '2025-03-02', 'scjg', { tier: 'D', model_version: 'province' }, FIRST),
    voided,
    event('event.voided', '2025-03-06', 'yjgl', { event_source: '/test', event_id: voided.id, reason: 'x' }),
  ]);
});
afterAll(() => temporary.close());

const found = async (scope: Scope, text: string) =>
  (await readRows(temporary.warehouse, findSubjects(scope, { text, limit: 10 }))).map(({ subject }) => subject);
const life = async (scope: Scope, subject = FIRST) =>
  (await readRows(temporary.warehouse, subjectTimeline(scope, { subject, limit: 50 }))).map(({ type }) => type);

test('found by code, part of the name, and the number of a document, push or task', async () => {
  expect(await found(office, '91320600ma1dem015')).toEqual([FIRST]);
  expect(await found(office, '餐饮')).toEqual([FIRST, SECOND]);
  expect(await found(office, 'D-7')).toEqual([FIRST]);
  expect(await found(office, 'P1')).toEqual([FIRST]);
  expect((await found(office, 'T1')).sort()).toEqual([FIRST, SECOND]);
  expect(await found(office, 'V-1')).toEqual([]);
  expect(await found(office, '9')).toEqual([]);
  const [one] = await readRows(temporary.warehouse, findSubjects(office, { text: '', limit: 1, subject: FIRST }));
  expect(one).toMatchObject({ name: '示例甲餐饮有限公司', area: '320671001', industry: 'H', ended: 0 });
});

test('the office sees its life across all departments, latest first, without what was voided', async () => {
  expect(await life(office)).toEqual([
    'repair.approved',
    'tier.changed',
    'draw.executed',
    'record.published',
    'penalty.entered',
    'push.claimed',
    'registration.pushed',
    'entity.registered',
  ]);
  const [, , draw] = await readRows(temporary.warehouse, subjectTimeline(office, { subject: FIRST, limit: 3 }));
  // Whoever else was drawn is none of its business.
  expect(draw!.facts).toEqual([['task_id', 'T1']]);
  expect(await life(office, SECOND)).toEqual(['draw.executed', 'draw.executed', 'entity.registered']);
});

test('a unit sees what it did and the register; of a subject that it never dealt with nothing; nobody but the office a tier', async () => {
  expect(await life(unit('yjgl'))).toEqual(['push.claimed', 'registration.pushed', 'entity.registered']);
  expect(await found(unit('yjgl'), '餐饮')).toEqual([FIRST]);
  expect(await found(unit('yjgl'), 'D-7')).toEqual([]);
  // Whom another department drew, the number of its task does not tell.
  expect(await found(unit('yjgl'), 'T1')).toEqual([]);
  expect((await found(unit('xfdd'), 'T1')).sort()).toEqual([FIRST, SECOND]);
  expect((await found(unit('xfdd'), '餐饮')).sort()).toEqual([FIRST, SECOND]);
  expect(await found(unit('czj'), '餐饮')).toEqual([]);
  const leader: Scope = { ...office, roles: ['leader'] };
  expect(await life(leader)).toEqual((await life(office)).filter((type) => type !== 'tier.changed'));
  expect(await life({ ...office, roles: ['inspector'] })).toEqual([]);
  expect(await found({ ...office, roles: ['admin'] }, '餐饮')).toEqual([]);
  expect(await found({ ...office, areas: ['320671002'] }, '餐饮')).toEqual([SECOND]);
});

test('who moved away is no subject of the area that it left, by whatever text; the area it moved to finds it', async () => {
  const mover = '91320671MA20DEM26Y';
  const at = (region: string, day: string, type: string, data: object): TestEvent => ({
    ...event(type, day, 'scjg', data, mover),
    region,
  });
  const entry = (name: string) => ({ name, kind: 'enterprise', industry: 'H', registered_on: '2024-01-02' });
  await loadEvents(temporary.warehouse, [
    at('320671001', '2024-01-02', 'entity.registered', entry('迁址前商行')),
    at('320671001', '2024-06-02', 'licence.entered', { doc_no: 'M-1', decided_on: '2024-06-01', kind: 'x' }),
    at('320671002', '2025-02-02', 'entity.registered', entry('迁址后商行')),
  ]);
  const left = { ...office, areas: ['320671001'] };
  const entered = { ...office, areas: ['320671002'] };
  for (const text of [mover, '迁址前', '迁址后', 'M-1']) expect([text, await found(left, text)]).toEqual([text, []]);
  for (const text of [mover, '迁址后']) expect([text, await found(entered, text)]).toEqual([text, [mover]]);
  expect(await found({ ...office, areas: ['320671001', '320671002'] }, 'M-1')).toEqual([mover]);
  expect(await found(office, 'M-1')).toEqual([mover]);
});

test('a sole trader is named to who works on cases; a leader reads the first character, and finds nobody by the rest', async () => {
  const { warehouse } = temporary;
  const task = { task: 'T2', year: 2025, units: ['xfdd'] };
  const namesFor = async (scope: Scope) => [
    (await readRows(warehouse, findSubjects(scope, { text: '', limit: 1, subject: TRADER })))[0]?.name,
    (await readSubjectNames(scope, warehouse, [TRADER])).get(TRADER),
    (await readRows(warehouse, visitsOfTask(scope, task))).find(({ subject }) => subject === TRADER)?.name,
  ];
  const leader: Scope = { ...office, roles: ['leader'] };
  expect(await namesFor(office)).toEqual(Array(3).fill('王小明便利店'));
  expect(await namesFor(leader)).toEqual(Array(3).fill('王***'));
  expect(await found(office, '小明')).toEqual([TRADER]);
  expect(await found(leader, '小明')).toEqual([]);
  expect((await readSubjectNames(leader, warehouse, [FIRST])).get(FIRST)).toBe('示例甲餐饮有限公司');
});
