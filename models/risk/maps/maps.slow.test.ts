/** The figures of the risk maps on a small district, and what of them a leader must not be able to tell. */
import { sectionOf } from '@hengjian/contract/schema/industry-code.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRows } from '../../queries/statement.ts';
import { loadEvents, type TestEvent } from '../../testing/load-events.ts';
import { loadIndicators } from '../indicators/load-indicators.ts';
import { refreshRisk } from '../refresh-risk.ts';
import { parseMonth } from '../risk-month.ts';
import { findingRates } from './finding-rates.ts';
import { industrySection } from './industry-section.ts';
import { readFindingStrata } from './read-finding-strata.ts';
import { readRiskCells } from './read-risk-cells.ts';
import { readViolations } from './read-violations.ts';

let temporary: TemporaryWarehouse;
const scope = (role: 'office' | 'leader' | 'unit', areas: string[] | 'all' = 'all'): Scope => ({
  account: role,
  roles: [role],
  units: 'all',
  areas,
});
const usccOf = (index: number) => `91320600MA1${String(index).padStart(7, '0')}`;
const SHOPS = ['F', '51', '52', 'F', 'F', 'F'];
let serial = 0;
const event = (type: string, day: string, subject: number, region: string, data: object): TestEvent => ({
  id: `e${serial++}`,
  source: '/test',
  type,
  time: `${day}T10:00:00+08:00`,
  department: 'scjg',
  region,
  subject: usccOf(subject),
  data: data as Record<string, unknown>,
});
const registered = (subject: number, industry: string, region: string) =>
  event('entity.registered', '2020-01-02', subject, region, {
    name: `示例${subject}`,
    kind: 'enterprise',
    industry,
    registered_on: '2020-01-02',
  });

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, [
    ...SHOPS.map((industry, index) => registered(index, industry, '320671001')),
    registered(6, 'K', '320671001'),
    registered(7, 'K', '320671002'),
    event('blacklist.listed', '2025-04-02', 0, '320671001', { reason: 'x', decided_on: '2025-04-02' }),
    event('blacklist.listed', '2025-04-02', 6, '320671001', { reason: 'x', decided_on: '2025-04-02' }),
    event('result.entered', '2025-05-06', 0, '320671001', { task_id: 'T', codes: ['A', '2', 'B'] }),
    event('result.entered', '2025-05-07', 1, '320671001', { task_id: 'T', codes: ['1'] }),
  ]);
  const months = ['2025-04', '2025-05'].map((id) => parseMonth(id)!);
  await refreshRisk(temporary.warehouse, loadIndicators(), { months });
});
afterAll(() => temporary.close());
const cells = (asker: Scope) => readRows(temporary.warehouse, readRiskCells(asker, ['2025-05']));

test('the warehouse and the pages put a code into the same section', async () => {
  const divisions = Array.from({ length: 100 }, (_, division) => String(division).padStart(2, '0'));
  const codes = ['', '6', 'U', '制造业', ...'ABHT', 'H6210', ...divisions, ...divisions.map((code) => `${code}10`)];
  const found = await temporary.warehouse.query<{ section: string }>(
    `SELECT ${industrySection('code')} AS section FROM (SELECT arrayJoin({codes:Array(String)}) AS code)`,
    { codes },
  );
  expect(found.map(({ section }) => section)).toEqual(codes.map(sectionOf));
});

test('the office has every cell by tier; a leader no split of a cell of fewer than five; a unit nothing', async () => {
  const row = (area: string, industry: string, tier: string, subjects: number) => ({
    month: '2025-05',
    area,
    industry,
    tier,
    subjects,
  });
  expect(await cells(scope('office'))).toEqual([
    row('320671001', 'F', 'A', 5),
    row('320671001', 'F', 'D', 1),
    row('320671001', 'K', 'D', 1),
    row('320671002', 'K', 'A', 1),
  ]);
  expect(await cells(scope('leader'))).toEqual([
    row('320671001', 'F', 'A', 5),
    row('320671001', 'F', 'D', 1),
    row('320671001', 'K', '', 1),
    row('320671002', 'K', '', 1),
  ]);
  expect(await cells(scope('leader', ['320671002']))).toEqual([row('320671002', 'K', '', 1)]);
  expect(await cells(scope('unit'))).toEqual([]);
});

test('inspections stand beside those that could have been inspected, by the tier before', async () => {
  const strata = await readRows(
    temporary.warehouse,
    readFindingStrata(scope('office'), [{ month: '2025-05', before: '2025-04' }]),
  );
  expect(strata).toEqual([
    { area: '320671001', industry: 'F', tier: 'A', exposed: 5, inspected: 1, found: 0 },
    { area: '320671001', industry: 'F', tier: 'D', exposed: 1, inspected: 1, found: 1 },
    { area: '320671001', industry: 'K', tier: 'D', exposed: 1, inspected: 0, found: 0 },
    { area: '320671002', industry: 'K', tier: 'A', exposed: 1, inspected: 0, found: 0 },
  ]);
  // Weights 6 (A) and 2 (D): 2 / 8.
  expect(findingRates(strata).overall).toMatchObject({ inspected: 2, found: 1, weighted: 0.25 });
});

test('what was found, by industry and season, beside all results', async () => {
  const days = { from: '2025-01-01', to: '2025-12-31' };
  expect(await readRows(temporary.warehouse, readViolations(scope('leader'), days))).toEqual([
    { industry: 'F', season: 2, code: '', inspections: 2 },
    { industry: 'F', season: 2, code: 'B', inspections: 1 },
  ]);
  expect(await readRows(temporary.warehouse, readViolations(scope('leader', ['320671002']), days))).toEqual([]);
});
