/** Alerts from the log to the reader: raised once, with their figures, seen by whose they are, and where each one stands. */
import type { Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadEvents, type TestEvent } from '../../testing/load-events.ts';
import { writeDirectly } from '../../testing/write-directly.ts';
import { countRiskAlerts, readRiskAlerts } from '../queries/read-risk-alerts.ts';
import { raiseAlerts } from './raise-alerts.ts';

const NOW = new Date('2026-04-10T02:00:00Z');
const OFTEN = '91320600MA10000005';
let temporary: TemporaryWarehouse;

const scope = (part: Partial<Scope>): Scope => ({
  roles: ['office'],
  account: 'x',
  units: 'all',
  areas: 'all',
  ...part,
});
const read = (part: Partial<Scope> = {}, filter = {}) =>
  readRiskAlerts(temporary.warehouse, scope(part), { limit: 100, ...filter });

function log(): TestEvent[] {
  const events: TestEvent[] = [];
  const tell = (type: string, id: string, day: string, more: Partial<TestEvent>) =>
    events.push({ id, source: '/test', type, time: `${day}T10:00:00+08:00`, department: 'scjg', data: {}, ...more });
  for (let n = 0; n < 120; n++) {
    const subject = `91320600MA1${String(n).padStart(7, '0')}`;
    const region = `32067100${1 + (n % 4)}`;
    const data = {
      name: `示例企业${n}`,
      kind: 'enterprise',
      industry: Math.floor(n / 4) % 2 ? 'H' : 'C',
      registered_on: '2020-01-02',
    };
    tell('entity.registered', `E${n}`, '2020-01-02', { subject, region, data });
    // Each month 120 results; in March those of the third area find something three times as often. Its results name no area.
    for (const month of ['2026-01', '2026-02', '2026-03']) {
      const found = n % 5 === 0 || (month === '2026-03' && n % 4 === 2 && n % 3 < 2);
      const result = { task_id: `T${month}`, codes: found ? ['E'] : ['1'] };
      tell('result.entered', `R${month}-${n}`, `${month}-12`, { subject, data: result });
    }
  }
  // Three departments within a year, and a fourth visit with a ground that exempts it.
  for (const [unit, day] of [
    ['scjg', '2025-06-02'],
    ['xfdd', '2025-11-03'],
    ['yjgl', '2026-03-05'],
    ['sthj', '2026-03-06'],
  ] as const)
    tell('inspection.done', `V-${unit}`, day, {
      subject: OFTEN,
      department: unit,
      data: { task_id: `RW-${unit}`, inspectors: ['a', 'b'] },
    });
  tell('draw.committed', 'C-sthj', '2026-03-01', {
    department: 'sthj',
    data: { task_id: 'RW-sthj', plan: { rules: { exemption: 'complaint' } } },
  });
  // Visited as often, but not in a month that is judged; and one that was taken back.
  for (const n of [1, 2, 3])
    tell('inspection.done', `W-${n}`, `2025-0${n + 4}-02`, {
      subject: '91320600MA10000006',
      data: { task_id: `RW-${n}`, inspectors: ['a', 'b'] },
    });
  for (const n of [1, 2, 3])
    tell('inspection.done', `U-${n}`, `2026-03-0${n + 1}`, {
      subject: '91320600MA10000007',
      data: { task_id: `RU-${n}`, inspectors: ['a', 'b'] },
    });
  tell('event.voided', 'void', '2026-03-20', {
    department: 'office',
    data: { event_source: '/test', event_id: 'U-3', reason: 'x' },
  });
  // Two tasks within a year, one of them jointly by three departments: two visits, not more than the limit.
  for (const [task_id, unit] of [
    ['RW-a', 'scjg'],
    ['RW-b', 'scjg'],
    ['RW-b', 'xfdd'],
    ['RW-b', 'yjgl'],
  ] as const)
    tell('inspection.done', `J-${task_id}-${unit}`, '2026-03-09', {
      ...{ subject: '91320600MA10000008', department: unit, data: { task_id, inspectors: ['a', 'b'] } },
    });
  // What another system raised.
  tell('risk.alert_raised', 'foreign', '2026-02-02', {
    department: 'yjgl',
    region: '320671002',
    data: { alert_id: 'YJ-1', topic: '危化品', industry: 'C' },
  });
  return events;
}

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, log());
}, 120_000);
afterAll(() => temporary?.close());

test('raised once, with figures and reasons; a second look raises nothing', async () => {
  const write = writeDirectly(temporary.warehouse);
  const first = await raiseAlerts(temporary.warehouse, write, NOW);
  expect(first.months).toEqual(['2026-01', '2026-02', '2026-03']);
  expect(first.raised.map(({ alert_id }) => alert_id)).toEqual([
    '2026-03-findings-funnel-high-area-320671003',
    `2026-03-visits-${OFTEN}`,
  ]);
  expect((await raiseAlerts(temporary.warehouse, write, NOW)).raised).toEqual([]);
  const alerts = await read();
  expect(alerts.map(({ alert_id }) => alert_id).sort()).toEqual([
    ...first.raised.map(({ alert_id }) => alert_id),
    'YJ-1',
  ]);
  const often = alerts.find(({ subject }) => subject === OFTEN)!;
  expect(often).toMatchObject({
    name: '示例企业5',
    area: '320671002',
    state: 'open',
    unit: '',
    acts: [],
    raised_by: 'office',
  });
  expect(often.found!.visits).toEqual([
    { day: '2026-03-05', unit: 'yjgl', task: 'RW-yjgl' },
    { day: '2025-11-03', unit: 'xfdd', task: 'RW-xfdd' },
    { day: '2025-06-02', unit: 'scjg', task: 'RW-scjg' },
  ]);
  const funnel = alerts.find(({ found }) => found?.topic === 'findings')!;
  expect(funnel.found).toMatchObject({ n: 30, month: '2026-03', area: '320671003' });
  expect(funnel.found!.series.map(({ month, n }) => [month, n])).toEqual([
    ['2026-01', 30],
    ['2026-02', 30],
    ['2026-03', 30],
  ]);
});

test('assigned, disposed, assigned again: who did what and when; the last act says where it stands', async () => {
  const id = `2026-03-visits-${OFTEN}`;
  const act = (type: string, n: number, department: string, data: object): TestEvent => ({
    ...{ id: `act-${n}`, source: '/hengjian/forms', type, time: `2026-04-1${n}T10:00:00+08:00`, department },
    data: { alert_id: id, ...data },
  });
  await loadEvents(temporary.warehouse, [
    act('risk.alert_assigned', 1, 'office', {
      unit: 'xfdd',
      due_on: '2026-04-30',
      text: '请合并检查',
      entered_by: 'li',
    }),
  ]);
  expect((await read({}, { alert: id }))[0]).toMatchObject({ state: 'assigned', unit: 'xfdd', due_on: '2026-04-30' });
  await loadEvents(temporary.warehouse, [
    act('risk.alert_disposed', 2, 'xfdd', { text: '已并入联合检查', entered_by: 'wang' }),
  ]);
  const [disposed] = await read({}, { state: 'disposed' });
  expect(disposed!.acts).toEqual([
    {
      kind: 'assigned',
      time: '2026-04-11T10:00:00.000000+08:00',
      by: 'li',
      unit: 'xfdd',
      due_on: '2026-04-30',
      text: '请合并检查',
    },
    {
      kind: 'disposed',
      time: '2026-04-12T10:00:00.000000+08:00',
      by: 'wang',
      unit: 'xfdd',
      due_on: '',
      text: '已并入联合检查',
    },
  ]);
  await loadEvents(temporary.warehouse, [
    act('risk.alert_assigned', 3, 'office', { unit: 'scjg', due_on: '2026-05-10' }),
  ]);
  expect((await read({}, { alert: id }))[0]).toMatchObject({ state: 'assigned', unit: 'scjg' });
  // The id can be told beforehand: an earlier alert of a unit under it changes nothing.
  const foreign = { alert_id: id, topic: 'visits', industry: 'C' };
  await loadEvents(temporary.warehouse, [
    { ...act('risk.alert_raised', 4, 'xfdd', foreign), source: '/test', time: '2026-01-05T10:00:00+08:00' },
  ]);
  expect((await read({}, { alert: id }))[0]).toMatchObject({ raised_by: 'office', subject: OFTEN, unit: 'scjg' });
  // Nor does a unit that it was never given to dispose of it.
  await loadEvents(temporary.warehouse, [act('risk.alert_disposed', 5, 'yjgl', { text: '已处置' })]);
  expect((await read({}, { alert: id }))[0]!.acts.map(({ kind, unit }) => [kind, unit])).toEqual([
    ['assigned', 'xfdd'],
    ['disposed', 'xfdd'],
    ['assigned', 'scjg'],
  ]);
  expect(await countRiskAlerts(temporary.warehouse, scope({}))).toEqual([
    { state: 'assigned', alerts: 1 },
    { state: 'open', alerts: 2 },
  ]);
});

test('a unit sees what it has or raised; an area limit its areas; an inspector nothing', async () => {
  const ids = async (part: Partial<Scope>) => (await read(part)).map(({ alert_id }) => alert_id);
  expect(await ids({ roles: ['unit'], units: ['scjg'] })).toEqual([`2026-03-visits-${OFTEN}`]);
  expect(await ids({ roles: ['unit'], units: ['yjgl'] })).toEqual(['YJ-1']);
  // It had it before.
  expect(await ids({ roles: ['unit'], units: ['xfdd'] })).toEqual([]);
  expect(await ids({ roles: ['leader'], areas: ['320671003'] })).toEqual([
    '2026-03-findings-funnel-high-area-320671003',
  ]);
  expect(await ids({ roles: ['inspector'] })).toEqual([]);
});
