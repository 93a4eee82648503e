import { usccCheckCharacter } from '@hengjian/contract/schema/uscc.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadEvents, type TestEvent } from '../../testing/load-events.ts';
import { writeDirectly } from '../../testing/write-directly.ts';
import { parsePlan } from '../plan.ts';
import { proveUnit } from '../prove-unit.ts';
import { publishRecord } from '../publish-record.ts';
import { resultHash } from '../result-hash.ts';
import { runDraw } from '../run-draw.ts';
import { verifyRecord } from '../verify-record.ts';
import { lastExecuted, readAttempts, stepId } from './attempts.ts';
import { commitTaskDraw } from './commit-task-draw.ts';
import { DRAW_SOURCE } from './draw-source.ts';
import { drawnObjectsSteps } from './drawn-objects.ts';
import { noteRecusal, noteTeams } from './note-teams.ts';
import { previewTaskDraw } from './preview-task-draw.ts';
import { replaceObject } from './replace-object.ts';
import { repeatTaskDraw, runTaskDraw } from './run-task-draw.ts';
import { storedFrameSource } from './stored-frame-source.ts';
import { DEFAULT_TIERS, type TaskRules } from './task-plan.ts';
import { verifyTaskRecord } from './verify-task-record.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

const POWER = ['scjg', 'hbj'];
const secret = Buffer.alloc(32, 1);
const beacon = Buffer.alloc(32, 2);
const none = { reason: undefined, approver: undefined };
let serial = 0;

function event(type: string, data: Record<string, unknown>, rest: Partial<TestEvent> = {}): TestEvent {
  return {
    id: `e${serial++}`,
    source: '/test',
    type,
    time: '2025-03-01T10:00:00+08:00',
    department: 'scjg',
    data,
    ...rest,
  };
}
const usccOf = (index: number) => {
  const stem = `91320600MA1${String(index).padStart(6, '0')}`;
  return stem + usccCheckCharacter(stem);
};
/** 120 subjects in two areas and two sections; tiers by turns, A in most cases. */
const subjects = Array.from({ length: 120 }, (_, index) => usccOf(index));
/** As tables write them and as other programs do: of the sections H and F by turns. */
const CODES = ['H', 'F52', '6210', '5211'];
const tierOf = (index: number) => 'AAAAAAABCD'[index % 10]!;

const rules = (change: Partial<TaskRules> = {}): TaskRules => ({
  department: '',
  tiers: { ...DEFAULT_TIERS },
  n: 20,
  strata: ['area'],
  untiered: undefined,
  tierSource: '/province',
  areas: [],
  industries: [],
  coolingDays: 0,
  cap: 0,
  exemption: undefined,
  ...change,
});

const task = (id: string, change: Record<string, unknown> = {}) =>
  event('task.created', {
    task_id: id,
    year: 2025,
    scope: 'joint',
    lead: 'scjg',
    participants: ['hbj', 'czj'],
    directed: false,
    ...change,
  });
const commit = (id: string, change: Partial<TaskRules> = {}, redraw: { reason?: string; approver?: string } = {}) =>
  commitTaskDraw(
    temporary.warehouse,
    writeDirectly(temporary.warehouse),
    id,
    rules(change),
    POWER,
    { ...none, ...redraw },
    secret,
  );
const run = (id: string, key = secret) =>
  runTaskDraw(temporary.warehouse, writeDirectly(temporary.warehouse), id, key, beacon);

beforeAll(async () => {
  await loadEvents(temporary.warehouse, [
    ...subjects.map((subject, index) =>
      event(
        'entity.registered',
        { name: `企业${index}`, kind: 'enterprise', industry: CODES[index % 4]!, registered_on: '2024-01-01' },
        { subject, region: index % 3 ? '320671001' : '320671002' },
      ),
    ),
    ...subjects.map((subject, index) =>
      event('risk.scored', { tier: 'B' }, { subject, time: '2025-01-01T00:00:00+08:00', id: `old${index}` }),
    ),
    ...subjects.map((subject, index) =>
      event('tier.changed', { tier: tierOf(index) }, { subject, source: '/province' }),
    ),
    event(
      'entity.cancelled',
      { decided_on: '2025-03-02' },
      { subject: subjects[0]!, time: '2025-03-02T00:00:00+08:00' },
    ),
    event(
      'entity.revoked',
      { decided_on: '2025-03-02' },
      { subject: subjects[11]!, time: '2025-03-02T00:00:00+08:00', id: 'revoked' },
    ),
    event('event.voided', { event_source: '/test', event_id: 'revoked', reason: '录入错误' }),
    task('earlier', { lead: 'hbj' }),
    event(
      'draw.executed',
      { task_id: 'earlier', objects: [subjects[1], subjects[7], subjects[9]] },
      { department: 'hbj' },
    ),
    event('inspection.done', { task_id: 'earlier' }, { subject: subjects[9]!, department: 'hbj' }),
  ]);
});
let taskId = '';
beforeEach(async () => {
  taskId = `T${serial}`;
  await loadEvents(temporary.warehouse, [task(taskId)]);
});

test('a task is committed to, drawn, repeated, verified and proved, all from the log', async () => {
  await loadEvents(temporary.warehouse, [task('first')]);
  const commitment = await commit('first');
  // 119 live subjects (one cancelled; a voided revocation revokes nobody), less one of tier A drawn this year.
  expect(commitment.frame.rows).toBe(118);
  expect(commitment.plan).toMatchObject({
    exclusions: { closed: 1, low_risk_drawn_this_year: 1 },
    task: { id: 'first', department: 'scjg', attempt: 1, scope: 'joint', directed: false },
  });
  expect(commitment.preview.map(({ tier, subjects, eligible }) => [tier, subjects, eligible])).toEqual([
    ['A', 84, 82],
    ['B', 12, 12],
    ['C', 12, 12],
    ['D', 12, 12],
  ]);

  await expect(run('first', Buffer.alloc(32, 9))).rejects.toThrow(/give the secret that `draw plan` printed/);
  const record = await run('first');
  expect(record.selected).toHaveLength(20);
  expect(record.commit).toBe(commitment.commit);
  await expect(run('first')).rejects.toThrow(/Attempt 1 of task first is drawn/);

  const [attempt] = await readAttempts(temporary.warehouse, 'first');
  const source = storedFrameSource(temporary.warehouse, attempt!.frameId);
  expect(await runDraw(source, parsePlan(attempt!.plan), secret, beacon)).toEqual(record);
  expect(await repeatTaskDraw(temporary.warehouse, 'first')).toEqual(record);
  const checks = await verifyTaskRecord(temporary.warehouse, 'first', record);
  expect(checks.filter(({ problem }) => problem)).toEqual([]);
  expect(checks.at(-1)).toMatchObject({ name: 'attempt', finding: expect.stringContaining('there is no other') });

  const proof = await proveUnit(record, source, record.selected[0]!.id);
  expect((await verifyRecord(proof)).filter(({ problem }) => problem)).toEqual([]);
  expect(proof.line.split('\t')[4]).toMatch(/^[0-9a-f]{32}$/);

  const [executed] = await temporary.warehouse.query<{ objects: string[] }>(
    `SELECT arraySort(JSONExtract(data, 'objects', 'Array(String)')) AS objects FROM events
     WHERE type = 'draw.executed' AND JSONExtractString(data, 'task_id') = 'first'`,
  );
  expect(executed!.objects).toEqual(record.selected.map(({ id }) => id).sort());
});

test('events that come after the commitment change nothing', async () => {
  const id = taskId;
  const commitment = await commit(id);
  await loadEvents(temporary.warehouse, [
    event(
      'entity.registered',
      { name: '新', kind: 'enterprise', industry: 'F', registered_on: '2025-04-01' },
      { subject: usccOf(900) },
    ),
  ]);
  expect((await run(id)).frame).toEqual(commitment.frame);
  await loadEvents(temporary.warehouse, [
    event('event.voided', { event_source: '/test', event_id: `e${serial - 1}`, reason: '' }),
  ]);
});

test('a second attempt needs reason and approver, and a record of a hidden attempt is refused by name', async () => {
  const id = taskId;
  await commit(id);
  const first = await run(id);
  await expect(commit(id)).rejects.toThrow(
    /was committed to .* and drawn; a further attempt needs --reason and --approver/,
  );
  const redraw = { reason: '名录有误', approver: '张' };
  expect((await commit(id, {}, redraw)).plan).toMatchObject({ task: { attempt: 2 }, redraw });
  const second = await run(id);
  expect((await verifyTaskRecord(temporary.warehouse, id, second)).at(-1)!.finding).toContain(
    'other attempts: 1 (drawn)',
  );
  expect((await verifyTaskRecord(temporary.warehouse, id, first)).at(-1)!.finding).toContain(
    'other attempts: 2 (drawn)',
  );

  // A draw that nobody committed to, dressed up as the first.
  const attempt = (await readAttempts(temporary.warehouse, id))[0]!;
  const source = storedFrameSource(temporary.warehouse, attempt.frameId);
  const lucky = await runDraw(source, parsePlan(attempt.plan), Buffer.alloc(32, 77), beacon);
  expect((await verifyTaskRecord(temporary.warehouse, id, lucky)).find(({ problem }) => problem)?.name).toBe(
    'commitment',
  );
  const third = parsePlan({ ...attempt.plan, task: { ...(attempt.plan.task as object), attempt: 3 } });
  const hidden = await runDraw(source, third, secret, beacon);
  expect((await verifyTaskRecord(temporary.warehouse, id, hidden)).find(({ problem }) => problem)?.name).toBe(
    'attempt',
  );
  expect((await verifyTaskRecord(temporary.warehouse, 'other', second)).find(({ problem }) => problem)?.name).toBe(
    'task',
  );

  // The first taken out of the log, as if the second were the only one.
  await temporary.warehouse.command(
    'ALTER TABLE events DELETE WHERE id = {id:String} AND source = {source:String} SETTINGS mutations_sync = 2',
    { id: stepId(id, 1, 'committed'), source: DRAW_SOURCE },
  );
  expect((await verifyTaskRecord(temporary.warehouse, id, second)).at(-1)).toMatchObject({
    name: 'attempt',
    problem: expect.stringContaining(`has attempt 2 of task ${id} and no attempt 1`),
  });
  expect((await commit(id, {}, redraw)).attempt).toBe(3);
});

test('a draw with another beacon, a swapped firm and what was never drawn are refused by name', async () => {
  const id = taskId;
  const { warehouse } = temporary;
  const failed = async (record: unknown) =>
    (await verifyTaskRecord(warehouse, id, record)).find(({ problem }) => problem)?.name;
  await commit(id);
  const [attempt] = await readAttempts(warehouse, id);
  const source = storedFrameSource(warehouse, attempt!.frameId);
  // Frame, plan and secret are the committed ones: all follows from them, and from a beacon of one's own choice.
  const wished = await runDraw(source, parsePlan(attempt!.plan), secret, Buffer.alloc(32, 5));
  expect(await failed(wished)).toBe('executed');
  const record = await run(id);
  for (const forged of [wished, publishRecord(wished), await proveUnit(wished, source, wished.selected[0]!.id)])
    expect(await failed(forged)).toBe('executed');
  for (const nothing of [null, [], 'record', { plan: null }]) expect(await failed(nothing)).toBe('record');

  const shown = publishRecord(record);
  expect(await failed(shown)).toBeUndefined();
  const lines = (await Array.fromAsync(source.batches())).flat().map(String);
  const other = lines.map((line) => line.split('\t')[0]!).find((candidate) => !shown.selected.includes(candidate))!;
  const selected = shown.selected.with(0, other).sort();
  expect(await failed({ ...shown, selected, result_hash: resultHash(selected) })).toBe('frame.selected');

  const proof = await proveUnit(record, source, other);
  expect(await failed(proof)).toBeUndefined();
  const cell = { ...proof.cell, threshold: 'f'.repeat(64) };
  expect((await verifyRecord({ ...proof, cell, drawn: true })).some(({ problem }) => problem)).toBe(false);
  expect(await failed({ ...proof, cell, drawn: true })).toBe('proof');

  const checks = await verifyTaskRecord(warehouse, id, record);
  expect(checks.find(({ name }) => name === 'beacon')!.finding).toMatch(/none was announced/);
  const time = '2024-03-01T10:00:00+08:00';
  await loadEvents(warehouse, [
    event('draw.executed', { task_id: id, objects: [other] }, { source: '/platform', time }),
  ]);
  expect((await verifyTaskRecord(warehouse, id, record)).at(-1)).toMatchObject({
    name: 'objects',
    problem: `/platform says that ${other} was drawn, which neither the record nor a noted change does`,
  });
});

test('cap, cooling-off and the rest of low-risk firms leave subjects out with reasons, and an exemption lifts them', async () => {
  const id = taskId;
  // hbj drew 1, 7 and 9 (tiers A, B, D) in March 2025; the cap is one visit a year.
  const capped = await commit(id, { department: 'hbj', cap: 1 });
  expect(capped.plan.exclusions).toMatchObject({ annual_cap: 2 });
  const cooling = await commit(id, { department: 'hbj', coolingDays: 30_000 }, { reason: 'r', approver: 'a' });
  expect(cooling.plan.exclusions).toMatchObject({ cooling_off: 2 });
  const over = await commit(id, { department: 'hbj', coolingDays: 1 }, { reason: 'r', approver: 'a' });
  expect(over.plan.exclusions).not.toHaveProperty('cooling_off');
  const exempt = await commit(
    id,
    { department: 'hbj', cap: 1, exemption: 'complaint' },
    { reason: 'r', approver: 'a' },
  );
  expect(exempt.plan).toMatchObject({ exclusions: { closed: 1 }, rules: { exemption: 'complaint' } });
  expect(exempt.frame.rows).toBe(119);
});

test('of two open commitments the second is not drawn where the first has used up the cap of firms in both frames', async () => {
  const [first, second] = [`${taskId}-1`, `${taskId}-2`];
  // Draws happen by the clock, and caps count its year.
  const year = new Date().getUTCFullYear();
  await loadEvents(temporary.warehouse, [task(first, { year }), task(second, { year })]);
  const own = { cap: 1, checkType: 'special', areas: ['320671002'] } as const;
  const change = { ...own, areas: [...own.areas], n: 4 };
  await commit(first, change);
  await commit(second, change);
  const drawn = (await run(first)).selected.map(({ id }) => id).sort();
  await expect(run(second)).rejects.toThrow(
    new RegExp(`another task drew ${drawn.slice(0, 3).join(', ')} and 1 more .*annual_cap.*--reason`),
  );
  await commit(second, change, { reason: '名录更新', approver: '李' });
  const later = (await run(second)).selected.map(({ id }) => id);
  expect(later.filter((id) => drawn.includes(id))).toEqual([]);
});

test('of two open commitments of two departments the second is not drawn where the first drew a firm of low risk in both frames', async () => {
  const [first, second] = [`${taskId}-1`, `${taskId}-2`];
  const year = new Date().getUTCFullYear();
  await loadEvents(temporary.warehouse, [task(first, { year }), task(second, { year })]);
  // Every firm of the lowest tier is drawn.
  const certain = { n: undefined, tiers: { A: '1/2', B: '1', C: '1', D: '1' } };
  await commit(first, certain);
  await commit(second, { ...certain, department: 'hbj' });
  const drawn = new Set((await run(first)).selected.map(({ id }) => id));
  await expect(run(second)).rejects.toThrow(
    /another task drew \d{2}.*\(low_risk_drawn_this_year\) is reached; commit again/,
  );
  await commit(second, { ...certain, department: 'hbj' }, { reason: '名录更新', approver: '李' });
  const again = (await run(second)).selected.map(({ id }) => id);
  const low = subjects.filter((_, index) => tierOf(index) === 'A');
  expect(low.some((id) => drawn.has(id))).toBe(true);
  expect(low.filter((id) => drawn.has(id) && again.includes(id))).toEqual([]);
});

test('who is of low risk is said by the ratios, and where they are one by the alphabet', async () => {
  const flat = { tiers: { A: '1/20', B: '1/20', C: '1/20', D: '1/20' } };
  const excluded = async (change: Partial<TaskRules>) =>
    (await previewTaskDraw(temporary.warehouse, taskId, rules(change), POWER)).exclusions;
  // One each of A, B and D was drawn this year.
  expect(await excluded({})).toEqual({ closed: 1, low_risk_drawn_this_year: 1 });
  expect(await excluded(flat)).toEqual({ closed: 1, low_risk_drawn_this_year: 1 });
  expect(await excluded({ ...flat, lowestTier: 'R' })).toEqual({ closed: 1 });
});

test('the frame can be narrowed to areas and industries, and tiers to one source', async () => {
  const id = taskId;
  const again = { reason: 'r', approver: 'a' };
  const narrow = await commit(id, { areas: ['320671002'], industries: ['H'], n: 3, exemption: 'statutory' });
  expect(narrow.frame.rows).toBe(19);
  const own = await commit(id, { tierSource: '/test', tiers: { B: '1' }, n: 5, exemption: 'statutory' }, again);
  expect(own.preview.map(({ tier }) => tier)).toEqual(['B']);
  expect(own.plan).toMatchObject({ rules: { tier_source: '/test' } });
  await expect(commit(id, { tierSource: '/nobody' }, again)).rejects.toThrow(
    /No subject of the frame has a tier of the source \/nobody; .*\/province \(120 subjects\), \/test \(120 subjects\)/,
  );
});

test('two classifications are never mixed: one must be named, the only one is taken and written into the plan', async () => {
  const both = /classified by 2 sources, which a draw must not mix; name one by --tier-source: \/province .*, \/test /;
  await expect(commit(taskId, { tierSource: undefined })).rejects.toThrow(both);
  await expect(previewTaskDraw(temporary.warehouse, taskId, rules({ tierSource: undefined }), POWER)).rejects.toThrow(
    both,
  );
  const alone = { subject: usccOf(500), region: '320671009' };
  const registered = { name: '独', kind: 'enterprise', industry: 'H', registered_on: '2024-01-01' };
  const unclassified = { ...alone, subject: usccOf(501), region: '320671008' };
  await loadEvents(temporary.warehouse, [
    event('entity.registered', registered, { ...alone, id: 'alone' }),
    event('tier.changed', { tier: 'C' }, { ...alone, source: '/province' }),
    event('entity.registered', registered, { ...unclassified, id: 'bare' }),
  ]);
  const narrow = { tierSource: undefined, n: 1 };
  const only = await commit(taskId, { ...narrow, areas: ['320671009'] });
  expect(only.plan).toMatchObject({ rules: { tier_source: '/province' } });
  expect(
    (await previewTaskDraw(temporary.warehouse, taskId, rules({ ...narrow, areas: ['320671009'] }), POWER)).tierSource,
  ).toBe('/province');
  const nobody = { ...narrow, areas: ['320671008'] };
  const again = { reason: 'r', approver: 'a' };
  await expect(commit(taskId, nobody, again)).rejects.toThrow(/1 subjects have no tier.*--untiered/);
  const untiered = await commit(taskId, { ...nobody, untiered: 'C', strata: ['area', 'industry'] }, again);
  expect(untiered.preview.map(({ tier, eligible }) => [tier, eligible])).toEqual([['C', 1]]);
  expect(untiered.plan).toMatchObject({ rules: { tier_source: '' } });
  const voided = ['alone', 'bare'].map((id) =>
    event('event.voided', { event_source: '/test', event_id: id, reason: '' }),
  );
  await loadEvents(temporary.warehouse, voided);
});

test('what cannot be drawn is refused in one sentence, before anything is written', async () => {
  const id = taskId;
  await expect(commit('nowhere')).rejects.toThrow(/No task nowhere was created/);
  await expect(commit(id, { department: 'czj' })).rejects.toThrow(/czj has no inspection power/);
  await expect(commit(id, { department: 'rsj' })).rejects.toThrow(/rsj does not take part in task/);
  await expect(commit(id, { tiers: { A: '0', B: '1' } })).rejects.toThrow(/tier A is zero/);
  await expect(commit(id, { tiers: { A: '1/2' } })).rejects.toThrow(/rows of tier “B”/);
  await expect(commit(id, { n: 5000 })).rejects.toThrow(/n = 5000 of a frame of 118 rows/);
  await expect(commit(id, { areas: ['nowhere'] })).rejects.toThrow(/no registered subject is in its areas/);
  await expect(run(id)).rejects.toThrow(/Nothing was committed to/);
  await expect(repeatTaskDraw(temporary.warehouse, id)).rejects.toThrow(/is not drawn yet/);
  expect(await readAttempts(temporary.warehouse, id)).toEqual([]);
});

/** What scores count as drawn: objects of the draw events that are not voided. */
async function counted(id: string): Promise<{ objects: string[]; at: string }[]> {
  return temporary.warehouse.query(
    `SELECT arraySort(JSONExtract(data, 'objects', 'Array(String)')) AS objects, toString(time) AS at FROM events
     WHERE type = 'draw.executed' AND JSONExtractString(data, 'task_id') = {id:String}
       AND id NOT IN (SELECT JSONExtractString(data, 'event_id') FROM events WHERE type = 'event.voided')`,
    { id },
  );
}

test('who cannot be inspected is replaced by the next of the reserve, visible for ever, and scores count the new list', async () => {
  const id = taskId;
  await commit(id, { n: 30 });
  const record = await run(id);
  const [before] = await counted(id);
  const write = writeDirectly(temporary.warehouse);
  const replace = (from: string) =>
    replaceObject(temporary.warehouse, write, id, { from, reason: '查无下落', approver: '李' });
  const reserveOf = (cell: number) => record.reserve.filter((unit) => unit.cell === cell);
  const from = record.selected.find(({ cell }) => reserveOf(cell).length > 1)!;
  const first = await replace(from.id);
  expect(first.to).toBe(reserveOf(from.cell)[0]!.id);
  const second = await replace(first.to);
  expect(second.to).toBe(reserveOf(from.cell)[1]!.id);
  await expect(replace(from.id)).rejects.toThrow(/is not among those drawn/);
  for (const blank of [{ reason: ' ' }, { approver: '' }]) {
    const change = { from: second.to, reason: '查无下落', approver: '李', ...blank };
    await expect(replaceObject(temporary.warehouse, write, id, change)).rejects.toThrow(
      /needs a reason and who approved/,
    );
  }
  await expect(commit(id, {}, { reason: ' ', approver: '李' })).rejects.toThrow(/needs --reason and --approver/);
  const after = await counted(id);
  expect(after).toEqual([
    { objects: [...before!.objects.filter((other) => other !== from.id), second.to].sort(), at: before!.at },
  ]);
  const checks = await verifyTaskRecord(temporary.warehouse, id, record);
  expect(checks.at(-1)).toMatchObject({
    name: 'adjustments',
    finding: expect.stringContaining(`${from.id} → ${first.to}`),
  });
  const alone = record.selected.find(({ cell }) => reserveOf(cell).length === 0);
  if (alone) await expect(replace(alone.id)).rejects.toThrow(/reserve of the cell .* is used up/);
});

test('a list that a voided void brought back is voided again, under an id of its own', async () => {
  const id = taskId;
  await commit(id);
  await run(id);
  await commit(id, {}, { reason: 'r', approver: 'a' });
  await run(id);
  const attempt = (await lastExecuted(temporary.warehouse, id))!;
  const voids = async () => {
    const steps = await drawnObjectsSteps(temporary.warehouse, id, attempt, [], 'r');
    return steps.filter(({ type }) => type === 'event.voided').map((step) => step.id);
  };
  const [second] = await voids();
  await loadEvents(temporary.warehouse, [
    event('event.voided', { event_source: DRAW_SOURCE, event_id: `${stepId(id, 1, 'objects-1')}-void`, reason: '' }),
  ]);
  expect(await voids()).toEqual([`${stepId(id, 1, 'objects-1')}-void-2`, second].sort());
});

test('of two attempts the second counts', async () => {
  const id = taskId;
  await commit(id);
  await run(id);
  await commit(id, {}, { reason: 'r', approver: 'a' });
  const second = await run(id);
  expect((await counted(id)).map(({ objects }) => objects)).toEqual([second.selected.map((unit) => unit.id).sort()]);
});

test('drawn inspectors and a later recusal are events of the task, once each', async () => {
  const id = taskId;
  await commit(id, { n: 2 });
  const record = await run(id);
  const write = writeDirectly(temporary.warehouse);
  const teams = record.selected.map((unit) => ({ subject: unit.id, inspectors: [] }));
  const assignment = {
    inspectors: { rows: 3, sha256: 'ab'.repeat(32) },
    day: '2026-12-01',
    teams,
    result_hash: 'cd'.repeat(32),
  };
  await noteTeams(temporary.warehouse, write, id, assignment as never);
  await expect(noteTeams(temporary.warehouse, write, id, assignment as never)).rejects.toThrow(
    /are drawn; `draw recuse`/,
  );
  const adjustment = {
    subject: teams[0]!.subject,
    from: '甲',
    to: '乙',
    ground: 'relation',
    reason: '亲属',
    approver: '李',
  } as const;
  await noteRecusal(temporary.warehouse, write, id, adjustment);
  const checks = await verifyTaskRecord(temporary.warehouse, id, record);
  expect(checks.at(-1)!.finding).toContain(`${adjustment.subject}: 甲 → 乙`);
  const masked = await verifyTaskRecord(temporary.warehouse, id, record, (person) => `${person[0]}***`);
  expect(masked.at(-1)!.finding).toContain(`${adjustment.subject}: 甲*** → 乙*** at `);
  const [noted] = await temporary.warehouse.query<{ pairs: number }>(
    `SELECT length(JSONExtractArrayRaw(data, 'pairs')) AS pairs FROM events
     WHERE type = 'draw.inspectors_executed' AND JSONExtractString(data, 'task_id') = {id:String}`,
    { id },
  );
  expect(noted!.pairs).toBe(2);
});
