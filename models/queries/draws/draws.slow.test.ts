/** A task from its creation to published results, as the pages show it at each step. */

import { usccCheckCharacter } from '@hengjian/contract/schema/uscc.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assignTask, recuseFromTask } from '../../draw/task/assign-task.ts';
import { commitTaskDraw } from '../../draw/task/commit-task-draw.ts';
import { readLibrary } from '../../draw/task/library.ts';
import { previewTaskDraw } from '../../draw/task/preview-task-draw.ts';
import { readTeams } from '../../draw/task/read-teams.ts';
import { replaceObject } from '../../draw/task/replace-object.ts';
import { runTaskDraw } from '../../draw/task/run-task-draw.ts';
import { DEFAULT_TIERS, type TaskRules } from '../../draw/task/task-plan.ts';
import { loadIndicators } from '../../risk/indicators/load-indicators.ts';
import { readDrawnFindings } from '../../risk/maps/read-drawn-findings.ts';
import { readDrawnStrata } from '../../risk/maps/read-drawn-strata.ts';
import { readFindingStrata } from '../../risk/maps/read-finding-strata.ts';
import { readInspections } from '../../risk/queries/read-inspections.ts';
import { refreshRisk } from '../../risk/refresh-risk.ts';
import { parseMonth } from '../../risk/risk-month.ts';
import { loadEvents, type TestEvent } from '../../testing/load-events.ts';
import { writeDirectly } from '../../testing/write-directly.ts';
import { readRows } from '../statement.ts';
import { listDrawTasks, listYearPlans } from './list-draw-tasks.ts';
import { overInspected } from './over-inspected.ts';
import { ownVisits } from './own-visits.ts';
import { registeredPlaces } from './registered-places.ts';
import { visitsOfTask } from './visits-of-task.ts';

let temporary: TemporaryWarehouse;
const secret = Buffer.alloc(32, 1);
const beacon = Buffer.alloc(32, 2);
const office: Scope = { account: 'o', roles: ['office'], units: 'all', areas: 'all' };
const unit = (id: string): Scope => ({ account: id, roles: ['unit'], units: [id], areas: 'all' });
const inspector = (account: string): Scope => ({ account, roles: ['inspector'], units: 'all', areas: 'all' });
const usccOf = (index: number) => {
  const stem = `91320600MA1${String(index).padStart(6, '0')}`;
  return stem + usccCheckCharacter(stem);
};
const subjects = Array.from({ length: 60 }, (_, index) => usccOf(index));
let serial = 0;

function event(type: string, data: Record<string, unknown>, rest: Partial<TestEvent> = {}): TestEvent {
  const time = '2025-03-03T10:00:00+08:00';
  return { id: `e${serial++}`, source: '/test', type, time, department: 'scjg', data, ...rest };
}
const task = (id: string, change: Record<string, unknown> = {}) =>
  event('task.created', {
    task_id: id,
    year: 2025,
    scope: 'single',
    lead: 'scjg',
    directed: true,
    title: `任务${id}`,
    ...change,
  });
const entry = (id: string, change: Record<string, unknown> = {}) =>
  event('inspector.registered', {
    inspector: id,
    name: `某${id}`,
    certificate: `ZF-${id}`,
    valid_until: '2027-12-31',
    active: true,
    account: `account-${id}`,
    ...change,
  });
const rules: TaskRules = {
  department: '',
  tiers: { ...DEFAULT_TIERS },
  n: 6,
  strata: ['area'],
  untiered: undefined,
  tierSource: undefined,
  areas: [],
  industries: [],
  coolingDays: 0,
  cap: 0,
  exemption: undefined,
};
const write = () => writeDirectly(temporary.warehouse);
const list = async (scope: Scope, id: string) =>
  readRows(temporary.warehouse, listDrawTasks(scope, { year: 2025, task: id, limit: 10, offset: 0 }));

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, [
    ...subjects.map((subject, index) =>
      event(
        'entity.registered',
        {
          name: `企业${index}`,
          kind: 'enterprise',
          industry: ['H', '62', '6210'][index % 3],
          registered_on: '2024-01-01',
        },
        { subject, region: index % 2 ? '320671001' : '320671002' },
      ),
    ),
    ...subjects.map((subject, index) => event('tier.changed', { tier: 'AABC'[index % 4] }, { subject })),
    event('plan.filed', { plan_id: 'PL', year: 2025 }),
    task('T1', { plan_id: 'PL', matters: ['公示信息'] }),
    task('T2', { lead: 'hbj', participants: ['scjg'], scope: 'joint' }),
    task('T3', { lead: 'hbj' }),
    event('draw.executed', { task_id: 'T3', objects: subjects }, { department: 'hbj' }),
    ...['01', '02', '03', '04'].map((id) => entry(id)),
    entry('05', { valid_until: '2024-12-31' }),
  ]);
});
afterAll(() => temporary.close());

/** Loads of the library are the visits of 2025 for which inspectors stand in teams: nobody else has any. */
async function holdLoads(...tasks: string[]): Promise<void> {
  const { warehouse } = temporary;
  const teams = (await readTeams(warehouse, { departments: ['scjg'] })).filter(({ task: id }) => tasks.includes(id));
  expect(teams.map(({ task: id }) => id).sort()).toEqual(tasks);
  const members = teams.flatMap(({ visits }) => visits.flatMap(({ inspectors }) => inspectors));
  const loads = await readLibrary(warehouse, { units: ['scjg'], year: 2025 });
  expect(loads.map(({ id, drawn }) => [id, drawn])).toEqual(
    loads.map(({ id }) => [id, members.filter((member) => member === id).length]),
  );
  const other = await readLibrary(warehouse, { units: ['scjg'], year: 2024 });
  expect(other.every(({ drawn }) => drawn === 0)).toBe(true);
}

test('tasks are listed for those who take part, and for nobody else', async () => {
  const ids = async (scope: Scope) =>
    (await readRows(temporary.warehouse, listDrawTasks(scope, { year: 2025, limit: 10, offset: 0 })))
      .map(({ task: id }) => id)
      .sort();
  expect(await ids(office)).toEqual(['T1', 'T2', 'T3']);
  expect(await ids(unit('scjg'))).toEqual(['T1', 'T2']);
  expect(await ids(unit('czj'))).toEqual([]);
  expect(await ids(inspector('x'))).toEqual([]);
  expect(await ids({ ...office, areas: ['320671001'] })).toEqual([]);
  expect(await readRows(temporary.warehouse, listYearPlans(office, 2025))).toMatchObject([
    { plan: 'PL', unit: 'scjg', tasks: 1 },
  ]);
});

test('a frame can be narrowed to the sections of the codes that firms have, with letter or without', async () => {
  expect(await readRows(temporary.warehouse, registeredPlaces(office))).toEqual([
    { areas: ['320671001', '320671002'], industries: ['H'] },
  ]);
});

test('a preview is exact by tier and area, and writes nothing', async () => {
  const preview = await previewTaskDraw(temporary.warehouse, 'T1', rules, ['scjg', 'hbj']);
  // All were drawn by hbj this year: those of tier A stay out.
  expect(preview.exclusions).toEqual({ low_risk_drawn_this_year: 30 });
  expect(preview.expected).toBe('6');
  expect(
    preview.tiers.map(({ tier, subjects: all, eligible, pi, exposure_before }) => [
      tier,
      all,
      eligible,
      pi,
      exposure_before,
    ]),
  ).toEqual([
    ['A', 30, 0, '0', '1'],
    ['B', 15, 15, '6/65', '1'],
    ['C', 15, 15, '4/13', '1'],
  ]);
  expect(preview.areas).toEqual([
    { area: '320671001', tier: 'C', eligible: 15, expected: '60/13' },
    { area: '320671002', tier: 'B', eligible: 15, expected: '18/13' },
  ]);
  expect(preview.excluded).toHaveLength(30);
  expect(preview.excluded[0]).toMatchObject({
    name: expect.stringContaining('企业'),
    exclusion: 'low_risk_drawn_this_year',
  });
  expect((await list(office, 'T1'))[0]).toMatchObject({ state: 'planned', attempts: 0 });
});

test('a task goes from its commitment to teams, changes and results', async () => {
  const { warehouse } = temporary;
  const none = { reason: undefined, approver: undefined };
  await commitTaskDraw(
    warehouse,
    write(),
    'T1',
    { ...rules, checkType: 'special', matters: ['公示信息'] },
    ['scjg'],
    none,
    secret,
  );
  expect((await list(office, 'T1'))[0]).toMatchObject({
    state: 'committed',
    drawn_at: '',
    title: '任务T1',
    matters: ['公示信息'],
  });
  await runTaskDraw(warehouse, write(), 'T1', secret, beacon, { kind: 'text', value: 'a/b/c' });
  expect((await list(office, 'T1'))[0]).toMatchObject({ state: 'drawn', objects: 6, provable: 1, done: 0 });

  const drawn = await readRows(warehouse, visitsOfTask(office, { task: 'T1', year: 2025, units: ['scjg'] }));
  expect(drawn).toHaveLength(6);
  expect(drawn[0]).toMatchObject({
    name: expect.stringContaining('企业'),
    also: [{ task: 'T3', unit: 'hbj' }],
    codes: [],
    done_on: '',
  });
  expect(await readRows(warehouse, visitsOfTask(unit('hbj'), { task: 'T1', year: 2025, units: ['scjg'] }))).toEqual([]);

  await loadEvents(warehouse, [
    event('recusal.declared', { inspector: '01', ground: 'relation', reason: '亲属' }, { subject: drawn[0]!.subject }),
  ]);
  const wish = { day: '2025-12-01', specialty: '', team: 2, expert: false };
  await expect(assignTask(warehouse, write(), 'T1', { ...wish, team: 5 })).rejects.toThrow(
    /Not every team can be filled/,
  );
  // Entered when the seed was known: whoever it is, the lot cannot fall on him.
  await loadEvents(
    warehouse,
    Array.from({ length: 30 }, (_, index) => entry(`9${index}`)),
  );
  const record = await assignTask(warehouse, write(), 'T1', wish);
  expect(record.inspectors.rows).toBe(5);
  await loadEvents(
    warehouse,
    Array.from({ length: 30 }, (_, index) => entry(`9${index}`, { active: false })),
  );
  const teamOf = async (subject: string) =>
    (await readTeams(warehouse, { task: 'T1' }))[0]!.visits.find((visit) => visit.subject === subject)!;
  const first = await teamOf(drawn[0]!.subject);
  expect(first.inspectors).toHaveLength(2);
  expect(first.inspectors).not.toContain('01');
  expect(record.teams.flatMap(({ inspectors }) => inspectors.map(({ id }) => id))).not.toContain('05');

  const leaving = first.inspectors[0]!;
  const change = {
    subject: first.subject,
    from: leaving,
    ground: 'after_draw' as const,
    reason: '生病',
    approver: '李',
  };
  const { to } = await recuseFromTask(warehouse, write(), 'T1', change);
  expect((await teamOf(first.subject)).inspectors).toEqual([to, first.inspectors[1]]);
  await expect(recuseFromTask(warehouse, write(), 'T1', change)).rejects.toThrow(/is not in a team/);
  const note = await replaceObject(warehouse, write(), 'T1', { from: first.subject, reason: '已迁出', approver: '李' });
  expect(await teamOf(note.to)).toEqual({
    subject: note.to,
    drawnFor: first.subject,
    inspectors: [to, first.inspectors[1]],
  });

  await holdLoads('T1');

  const mine = await ownVisits(warehouse, inspector(`account-${to}`), 2025);
  expect(mine.map(({ subject }) => subject)).toContain(note.to);
  expect(await ownVisits(warehouse, inspector('account-05'), 2025)).toEqual([]);
  expect(await ownVisits(warehouse, { ...office, account: `account-${to}` }, 2025)).toEqual([]);

  await loadEvents(warehouse, [
    event(
      'inspection.done',
      { task_id: 'T1', inspectors: [to] },
      { subject: note.to, time: '2025-12-01T10:00:00+08:00' },
    ),
    event(
      'result.entered',
      { task_id: 'T1', codes: ['A', '2', 'B'] },
      { subject: note.to, time: '2025-12-02T10:00:00+08:00' },
    ),
  ]);
  const [visit] = (await ownVisits(warehouse, inspector(`account-${to}`), 2025)).filter(
    ({ subject }) => subject === note.to,
  );
  expect(visit).toMatchObject({
    done_on: '2025-12-01',
    entered_on: '2025-12-02',
    codes: ['A', '2', 'B'],
    published_on: '',
  });
  expect((await list(office, 'T1'))[0]).toMatchObject({ done: 1, entered: 1, findings: 1, published: 0 });
});

test('whoever was visited too often is named, exempt visits not counted', async () => {
  const [often] = [subjects[1]!];
  await loadEvents(temporary.warehouse, [
    task('T8'),
    event(
      'draw.committed',
      { task_id: 'T8', attempt: 1, plan: { rules: { exemption: 'complaint' } } },
      { source: '/hengjian/draws' },
    ),
    ...['T2', 'T3', 'T8', 'T9'].map((id, index) =>
      event(
        'inspection.done',
        { task_id: id },
        { subject: often!, time: `2025-0${index + 4}-01T10:00:00+08:00`, department: index % 2 ? 'hbj' : 'scjg' },
      ),
    ),
  ]);
  const rows = (limit: number) =>
    readRows(temporary.warehouse, overInspected(office, { day: '2025-12-31', limit, rows: 10 }));
  expect(await rows(2)).toMatchObject([
    { subject: often, visits: 3, exempt: 1, units: ['hbj', 'scjg'], last_visit: '2025-07-01' },
  ]);
  expect(await rows(3)).toEqual([]);
});

test('a plan names the tasks of other departments with which visits could be shared, and draws as it would without them', async () => {
  const { warehouse } = temporary;
  await loadEvents(warehouse, [task('T20', { lead: 'hbj' }), task('T21'), task('T22', { lead: 'hbj', year: 2024 })]);
  // With a ground for exemption nobody is left out: all 60 stand in both frames.
  const all = { ...rules, exemption: 'complaint' as const };
  const none = { reason: undefined, approver: undefined };
  await commitTaskDraw(warehouse, write(), 'T20', all, ['scjg', 'hbj'], none, secret);
  const { merges } = await previewTaskDraw(warehouse, 'T21', all, ['scjg', 'hbj']);
  expect(merges.find(({ task: id }) => id === 'T20')).toEqual({
    ...{ task: 'T20', title: '任务T20', unit: 'hbj', drawn: 0, framed: 60 },
  });
  // One of its 60 was visited.
  expect(merges.find(({ task: id }) => id === 'T3')).toMatchObject({ unit: 'hbj', drawn: 59, framed: 0 });
  expect(merges.every(({ unit: by }) => by !== 'scjg')).toBe(true);
  const committed = await commitTaskDraw(warehouse, write(), 'T21', all, ['scjg', 'hbj'], none, secret);
  expect(committed.merges).toEqual(merges);
  // As a word of its own: a moment may hold it, at eight in the evening.
  expect(JSON.stringify(committed.plan)).not.toContain('"T20"');
});

test('what the visits of a draw found stands beside the exact probability of the tier in its frame', async () => {
  const whole = { from: '2025-01-01', to: '2099-12-31' };
  const of = async (scope: Scope) =>
    (await readDrawnFindings(temporary.warehouse, scope, whole)).filter(({ task: id }) => id === 'T1');
  // A result of the task for a subject of its frame that was not drawn has no probability to stand beside.
  const [undrawn] = await temporary.warehouse.query<{ id: string }>(
    `SELECT toString(id) AS id FROM draw_frames
     WHERE frame_id IN (SELECT JSONExtractString(data, 'frame_id') FROM events WHERE type = 'draw.committed' AND JSONExtractString(data, 'task_id') = 'T1')
       AND id NOT IN (SELECT upper(arrayJoin(JSONExtract(data, 'objects', 'Array(String)'))) FROM events
         WHERE type = 'draw.executed' AND JSONExtractString(data, 'task_id') = 'T1')
     ORDER BY id LIMIT 1`,
  );
  await loadEvents(temporary.warehouse, [
    {
      ...{ source: '/test', id: 'undrawn', type: 'result.entered', time: '2025-06-20T10:00:00+08:00' },
      ...{ department: 'scjg', subject: undrawn!.id, data: { task_id: 'T1', codes: ['5'] } },
    },
  ]);
  const [finding, ...more] = await of(office);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ inspected: 1, found: 1 });
  // As the preview had them.
  expect(finding!.pi.toFraction()).toBe({ B: '6/65', C: '4/13' }[finding!.tier]);
  expect(await of({ ...office, areas: ['320671099'] })).toEqual([]);
  expect(await of(unit('scjg'))).toEqual([]);
});

test('on the map and in the back-test a visit of the draw has the probability of its record, others the realised one', async () => {
  const { warehouse } = temporary;
  // Of a subject that nobody drew, like the one above, but in the month of the visit of T1.
  const other = subjects.find((subject) => subject !== subjects[0])!;
  await loadEvents(warehouse, [
    event(
      'result.entered',
      { task_id: 'by-complaint', codes: ['1'] },
      { subject: other, time: '2025-12-03T10:00:00+08:00' },
    ),
  ]);
  await refreshRisk(warehouse, loadIndicators(), { months: ['2025-11', '2025-12'].map((id) => parseMonth(id)!) });
  const pairs = [{ month: '2025-12', before: '2025-11' }];
  const strata = await readRows(warehouse, readFindingStrata(office, pairs));
  const drawn = await readDrawnStrata(warehouse, office, pairs);
  expect(strata.reduce((sum, { inspected }) => sum + inspected, 0)).toBe(2);
  expect(drawn).toMatchObject([{ task: 'T1', inspected: 1, found: 1 }]);
  // As the preview had them.
  expect([6 / 65, 4 / 13].some((pi) => Math.abs(pi - drawn[0]!.pi) < 1e-12)).toBe(true);
  expect(await readDrawnStrata(warehouse, { ...office, areas: ['320671099'] }, pairs)).toEqual([]);
  expect(await readDrawnStrata(warehouse, unit('scjg'), pairs)).toEqual([]);
  const answer = await readInspections(warehouse, office, pairs);
  expect(answer.ok && answer.value.map(({ found, probability_of }) => [found, probability_of])).toEqual([
    [1, 'record'],
    [0, 'realised'],
  ]);
});

test('who steps in is judged anew, given up commitments and repeated draws count for nothing', async () => {
  const { warehouse } = temporary;
  const redraw = { reason: '原密钥遗失', approver: '李' };
  const lost = Buffer.alloc(32, 3);
  const all = { ...rules, exemption: 'complaint' as const };
  const commit = (change: Partial<TaskRules>, key: Buffer, again: Parameters<typeof commitTaskDraw>[5]) =>
    commitTaskDraw(warehouse, write(), 'T30', { ...all, ...change }, ['scjg', 'hbj'], again, key);
  // Whom somebody was recused from or has visited is left out, so that any draw leaves somebody who can step in.
  const known = await warehouse.query<{ subject: string }>(
    "SELECT DISTINCT subject FROM events WHERE type IN ('recusal.declared', 'inspection.done', 'result.entered')",
  );
  expect(known.length).toBeGreaterThan(0);
  await loadEvents(warehouse, [
    ...known.map(({ subject }) => event('entity.cancelled', { decided_on: '2025-11-02' }, { subject })),
    task('T30', { participants: ['hbj'], scope: 'joint' }),
    entry('06'),
    entry('07'),
  ]);
  await commit({}, lost, { reason: undefined, approver: undefined });
  await commit({}, secret, redraw);
  await runTaskDraw(warehouse, write(), 'T30', secret, beacon);
  expect((await list(office, 'T30'))[0]).toMatchObject({ state: 'drawn', attempts: 2 });

  await assignTask(warehouse, write(), 'T30', { day: '2025-11-03', specialty: '', team: 2, expert: false });
  await holdLoads('T1', 'T30');
  const visits = async () => (await readTeams(warehouse, { task: 'T30' }))[0]!.visits;
  const [first, second] = await visits();
  const [leaving, staying] = first!.inspectors;
  const [free, ...others] = ['01', '02', '03', '04', '06', '07'].filter((id) => !first!.inspectors.includes(id));
  // An interest in every firm but these two, whichever steps in.
  const declared = [leaving!, ...others].flatMap((inspector) =>
    subjects
      .filter((subject) => ![first!.subject, second!.subject].includes(subject))
      .map((subject) => event('recusal.declared', { inspector, ground: 'relation', reason: '亲属' }, { subject })),
  );
  await loadEvents(warehouse, declared);
  const change = { reason: '查无下落', approver: '李' };
  const { to, unfit } = await replaceObject(warehouse, write(), 'T30', { from: first!.subject, ...change });
  expect(unfit).toEqual([{ subject: to, inspector: leaving, why: 'recused_relation' }]);
  const recusal = { subject: first!.subject, from: leaving!, ground: 'relation' as const, ...change };
  const taken = await recuseFromTask(warehouse, write(), 'T30', recusal);
  expect(taken.to).toBe(free);
  expect((await visits())[0]).toEqual({ subject: to, drawnFor: first!.subject, inspectors: [free, staying] });
  // Repeated with what was known then, though more is declared since.
  await loadEvents(warehouse, [
    event('recusal.declared', { inspector: free, ground: 'relation', reason: '亲属' }, { subject: to }),
  ]);
  const ill = { subject: second!.subject, from: second!.inspectors[0]!, ground: 'after_draw' as const, ...change };
  expect((await recuseFromTask(warehouse, write(), 'T30', ill)).to).toMatch(/^0[1-7]$/);
  await holdLoads('T1', 'T30');

  await commit({ department: 'hbj' }, secret, redraw);
  expect((await list(office, 'T30'))[0]).toMatchObject({ state: 'committed', attempts: 3 });
  await runTaskDraw(warehouse, write(), 'T30', secret, beacon);
  await holdLoads('T1');
});
