/** What the pages of rule sets without points show, on the worked examples of rulesets.md §6 and with more than one area and department. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeQuarter } from '../publication/close-quarter.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { examplesFileOf } from '../ruleset/new-rule-set.ts';
import { ratePages } from '../ruleset/rate-pages.ts';
import { readWorkedExamples } from '../ruleset/worked-examples.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { backfillDays } from './backfill-days.ts';
import { type FunnelRow, funnel } from './funnel.ts';
import { heatIndicatorsOf } from './heat-indicators.ts';
import { heatUnitWeeks } from './heat-unit-weeks.ts';
import { listQuarters } from './list-quarters.ts';
import { loopStages } from './loop-stages.ts';
import { type PlaceFilter, type PlaceLevel, placeFigures, placeRecords } from './places.ts';
import { readScores } from './read-scores.ts';
import { readUnitKinds } from './read-unit-kinds.ts';
import { readRows } from './statement.ts';

const office: Scope = { account: 'o', roles: ['office'], units: 'all', areas: 'all' };
const quarter = '2025Q2';
const ids = ['baoshan', 'jieshou', 'national'];
/** Points by shares of measures that no rule set of the product gives points for. */
const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-rate-pages-'));
mkdirSync(join(dataDir, 'rulesets'));
writeFileSync(
  join(dataDir, 'rulesets', 'points.yaml'),
  `id: points
version: "1"
name: { zh: 例, en: Example }
source: 例
in_force: { from: null, to: null }
badges: { small_n: 10 }
parameters: { claim.deadlineWorkdays: 5, records: [licence.entered, penalty.entered] }
items:
  - { id: claim, name: { zh: 认领, en: Claims }, weight: 60, duty: [licence], clause: 一, parts: [{ id: share, kind: ratio, points: 60, measure: push_claim, clause: 一 }] }
  - { id: entry, name: { zh: 归集, en: Entries }, weight: 40, duty: [entry], clause: 二, parts: [{ id: share, kind: ratio_full, points: 40, threshold: 0.9, measure: record_entry, clause: 二 }] }
units:
  - { id: gaj, name: 市公安局, duties: [licence, entry] }
  - { id: scjg, name: 市市场监督管理局, duties: [licence, entry] }
`,
);
const project = loadProject({ dataDir, ruleset: [...ids, 'points'].join(',') });
const now = new Date('2025-08-01T00:00:00Z');
let temporary: TemporaryWarehouse;
let serial = 0;
const more = (type: string, day: string, department: string, region: string, data: object): TestEvent => ({
  source: 'test://more',
  id: `m${serial++}`,
  type,
  time: `2025-${day}T10:00:00+08:00`,
  department,
  region,
  subject: '91320100MA1XYWG030',
  data: data as Record<string, unknown>,
});
const pushed = (push_id: string, department: string, region: string) =>
  more('registration.pushed', '04-10', department, region, { push_id, bucket: 'licensed', matters: [] });

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const examples = ids.flatMap((id) => readWorkedExamples(examplesFileOf(findRuleSet(id).file)));
  // Each log has its own cases, also beside the others.
  const events = examples.flatMap(({ events: some }, n) =>
    some.map((event) => ({
      ...event,
      source: `${event.source}/${n}`,
      data: 'case_id' in event.data ? { ...event.data, case_id: `${n}-${event.data.case_id}` } : event.data,
    })),
  );
  await loadEvents(temporary.warehouse, [
    ...events,
    pushed('M1', 'sd-scj', '530521001'),
    pushed('M2', 'sd-scj', '530521002'),
    pushed('M3', 'sd-wjj', '530521002'),
    pushed('M4', 'sd-wjj', '530521002'),
    pushed('M5', 'gaj', '341282001'),
    more('push.claimed', '04-11', 'gaj', '341282001', { push_id: 'M5' }),
    more('push.outcome_fed_back', '04-30', 'gaj', '341282001', {
      push_id: 'M5',
      outcome: 'licensed',
      decided_on: '2025-04-14',
    }),
    more('push.claimed', '04-11', 'sd-scj', '530521001', { push_id: 'M1' }),
    more('push.claimed', '04-11', 'sd-wjj', '530521002', { push_id: 'M3' }),
    more('push.claimed', '04-11', 'sd-wjj', '530521002', { push_id: 'M4' }),
  ]);
  await refresh(temporary.warehouse, project, { now });
}, 300_000);
afterAll(async () => {
  await temporary?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const filter = (changes: Partial<PlaceFilter> = {}): PlaceFilter => ({
  ruleset: 'baoshan',
  quarter,
  unit: '',
  ...changes,
});
const figures = async (level: PlaceLevel, changes: Partial<PlaceFilter> = {}, scope = office) =>
  (await readRows(temporary.reader, placeFigures(scope, level, filter(changes)))).map(
    ({ place, item, numerator, denominator, on_time, rank }) => [place, item, numerator, denominator, on_time, rank],
  );
const records = (item: string, changes: object = {}, scope = office) =>
  readRows(
    temporary.reader,
    placeRecords(scope, { ...filter(), item, state: '', page: 1, size: 50, ...changes } as Parameters<
      typeof placeRecords
    >[1]),
  );

describe('the way from a county to its records', () => {
  test('the units of the tables have the figures of their items, each', async () => {
    const scores = await readScores(temporary.reader, office, 'baoshan', quarter);
    if (!scores.ok) throw new Error(scores.detail);
    const key4 = scores.value.tables![0]!.items;
    const expected = scores.value.units.flatMap(({ unit, items }) =>
      items
        .filter(({ item, denominator }) => key4.includes(item) && denominator)
        .map(({ item, numerator, denominator, on_time, rank }) => [unit, item, numerator, denominator, on_time, rank]),
    );
    expect(expected.length).toBeGreaterThan(5);
    expect((await figures('unit')).map(String).sort()).toEqual(expected.map(String).sort());
  });

  test('a county has its townships, a township its departments, each with a rank among its own', async () => {
    expect(await figures('area', { unit: '530521' })).toEqual([
      ['530521001', 'claim', 1, 1, null, 1],
      ['530521002', 'claim', 2, 3, null, 2],
    ]);
    expect(await figures('department', { unit: '530521', area: '530521002' })).toEqual([
      ['sd-scj', 'claim', 0, 1, null, 2],
      ['sd-wjj', 'claim', 2, 2, null, 1],
    ]);
  });

  test('a department has its records, what is missing first', async () => {
    const found = await records('claim', { unit: '530521', area: '530521002' });
    expect(found.map(({ key, department, state, total }) => [key, department, state, total])).toEqual([
      ['M2', 'sd-scj', 'undone', 3],
      ['M3', 'sd-wjj', 'done', 3],
      ['M4', 'sd-wjj', 'done', 3],
    ]);
    expect(await records('claim', { unit: '530521', state: 'undone' })).toHaveLength(1);
    expect(await records('claim', { unit: '530521', page: 2, size: 2, area: '530521002' })).toHaveLength(1);
  });

  test('a unit sees its own, an area its own and no ranks, who may see nothing nothing', async () => {
    const own = { ...office, roles: ['unit' as const], units: ['530521'] };
    expect(new Set((await figures('unit', {}, own)).map(([place]) => place))).toEqual(new Set(['530521']));
    const town = { ...office, areas: ['530521002'] };
    expect(await figures('area', {}, town)).toEqual([['530521002', 'claim', 2, 3, null, null]]);
    expect((await records('claim', {}, town)).every(({ area }) => area === '530521002')).toBe(true);
    for (const roles of [[], ['admin'], ['inspector']] as Scope['roles'][]) {
      expect(await figures('unit', {}, { ...office, roles })).toEqual([]);
      expect(await records('claim', {}, { ...office, roles })).toEqual([]);
    }
  });

  test('units are counties and parks by their codes', async () => {
    const [entry] = await listQuarters(temporary.reader, office, 'baoshan');
    const kinds = await readUnitKinds(temporary.reader, entry!.ruleset.hash);
    expect([kinds.get('530502'), kinds.get('park-1'), kinds.get('gsj')]).toEqual(['county', 'park', undefined]);
  });
});

describe('the loop of joint punishment', () => {
  const loop = async (ruleset: string, scope = office) =>
    (await readRows(temporary.reader, loopStages(scope, { ruleset, quarter })))
      .filter(({ unit }) => ['gaj', 'scjg', 'swj'].includes(unit))
      .map(({ unit, item, stages, cases, received, applied, fed_back }) => [
        unit,
        item,
        stages,
        cases,
        received,
        applied,
        fed_back,
      ]);

  test('is the cohort of the item, step by step', async () => {
    // Both logs begin a case for gaj; the second it applied without receiving it, and only the second it reported.
    expect(await loop('jieshou')).toContainEqual(['gaj', 'punish_receive', 'receipt', 2, 1, 1, 0]);
    expect(await loop('jieshou')).toContainEqual(['scjg', 'punish_receive', 'receipt', 1, 0, 0, 0]);
    expect(await loop('national')).toContainEqual(['gaj', 'punish_loop', 'loop', 2, 2, 2, 1]);
    expect(await loop('national')).toContainEqual(['swj', 'punish_loop', 'loop', 1, 1, 1, 0]);
    expect(await loop('baoshan')).toEqual([]);
  });

  test('is narrowed to units, and to nothing by areas', async () => {
    expect((await loop('jieshou', { ...office, roles: ['unit'], units: ['gaj'] })).map(([unit]) => unit)).toEqual([
      'gaj',
    ]);
    expect(await loop('jieshou', { ...office, areas: ['341282001'] })).toEqual([]);
  });
});

describe('charts by week', () => {
  const scoresOf = async (ruleset: string) => {
    const scores = await readScores(temporary.reader, office, ruleset, quarter);
    if (!scores.ok) throw new Error(scores.detail);
    return scores.value.units.flatMap(({ unit, items }) =>
      items.filter(({ denominator }) => denominator).map((item) => ({ unit, ...item })),
    );
  };

  test.each([...ids, 'points'])('%s: the weeks of each item add up to it', async (ruleset) => {
    const indicators = heatIndicatorsOf(findRuleSet(ruleset, dataDir));
    const until = '2025-06-30';
    const weeks = await readRows(
      temporary.reader,
      heatUnitWeeks(office, { ruleset, quarters: [quarter], until, indicators, unit: '' }),
    );
    const sums = Map.groupBy(weeks, ({ unit, indicator }) => `${unit} ${indicator}`);
    const found = [...sums].map(([key, rows]) => [
      key,
      rows.reduce((sum, { numerator }) => sum + numerator, 0),
      rows.reduce((sum, { denominator }) => sum + Number(denominator), 0),
    ]);
    const timed = new Set(indicators.map(({ id }) => id));
    // Points by a share done do not say how many were in time: the same pushes under the same limit are those of Jieshou.
    const inTime = new Map((await scoresOf('jieshou')).map(({ unit, item, on_time }) => [`${unit} ${item}`, on_time]));
    const expected = (await scoresOf(ruleset)).flatMap(({ unit, item, numerator, denominator, on_time }) => [
      [`${unit} ${item}`, numerator, denominator],
      ...(timed.has(`${item}.timely`)
        ? [[`${unit} ${item}.timely`, on_time ?? inTime.get(`${unit} ${item}`) ?? 0, denominator]]
        : []),
    ]);
    expect(expected.length).toBeGreaterThan(2);
    expect(found.map(String).sort()).toEqual(expected.map(String).sort());
  });

  test.each(['baoshan', 'jieshou'])('%s: the funnel has the pushes of the item for claims', async (ruleset) => {
    const rows = await readRows(temporary.reader, funnel(office, { ruleset, quarter, on: '2025-08-01', unit: '' }));
    const claims = (await scoresOf(ruleset)).filter(({ item }) => item === 'claim');
    const of = (unit: string) => rows.filter((row) => row.unit === unit);
    const sum = (unit: string, figure: (row: FunnelRow) => number) =>
      of(unit).reduce((total, row) => total + figure(row), 0);
    expect(
      claims.map(({ unit }) => [
        unit,
        sum(unit, (row) => row.claim_on_time + row.claim_late + row.claim_done),
        sum(unit, (row) => row.pushed),
      ]),
    ).toEqual(claims.map(({ unit, numerator, denominator }) => [unit, numerator, denominator]));
    expect(claims.length).toBeGreaterThan(0);
    // Baoshan names no deadline and counts no feedback; Jieshou does both.
    const timed = rows.reduce((total, row) => total + row.claim_on_time + row.claim_late + row.claim_overdue, 0);
    const fedBack = rows.reduce((total, row) => total + row.feedback_on_time + row.feedback_late, 0);
    expect([timed > 0, fedBack > 0]).toEqual(ruleset === 'jieshou' ? [true, true] : [false, false]);
  });

  test('a rule set that counts no claims has no funnel', async () => {
    const rows = await readRows(
      temporary.reader,
      funnel(office, { ruleset: 'national', quarter, on: '2025-08-01', unit: '' }),
    );
    expect([rows, ratePages(findRuleSet('national')).includes('funnel')]).toEqual([[], false]);
  });
});

test('the stock of old records is that of the item, with the day of each entry', async () => {
  const found = await readRows(temporary.reader, backfillDays(office, { ruleset: 'jieshou', quarter }));
  expect(
    found.filter(({ unit }) => unit === 'gaj').map(({ due, entered_on, records: n }) => [due, entered_on, n]),
  ).toEqual([
    ['2020-09-28', '2020-09-28', 1],
    ['2020-09-28', '2020-09-29', 1],
  ]);
});

test('a published quarter is followed down as it was published', async () => {
  const { warehouse } = temporary;
  const all = async () => [
    await figures('area'),
    await records('claim'),
    await readRows(warehouse, loopStages(office, { ruleset: 'baoshan', quarter })),
    await readRows(warehouse, backfillDays(office, { ruleset: 'baoshan', quarter })),
  ];

  await closeQuarter({ warehouse, project, write: writeDirectly(warehouse), by: 'office', now }, quarter);
  const published = await all();
  expect(published[0]!.length).toBeGreaterThan(2);
  await loadEvents(warehouse, [more('push.claimed', '04-12', 'sd-scj', '530521002', { push_id: 'M2' })]);
  await refresh(warehouse, project, { now });
  expect(await all()).toEqual(published);
  expect(await figures('department', { ruleset: 'baoshan', unit: '530521', area: '530521002' })).toContainEqual([
    'sd-scj',
    'claim',
    0,
    1,
    null,
    2,
  ]);
}, 600_000);
