/** A limit that is abolished or begins on a day: what began under it keeps it, in the figures, in the lost rows and on the pages. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { heatIndicatorsOf } from '../queries/heat-indicators.ts';
import { heatUnitWeeks } from '../queries/heat-unit-weeks.ts';
import { placeFigures } from '../queries/places.ts';
import { readExplanation } from '../queries/read-explanation.ts';
import { readRows } from '../queries/statement.ts';
import { describeRuleSet } from '../ruleset/describe-rule-set.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { scoreQuarter } from '../scoring/score-quarter.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { loadProject } from './project.ts';
import { refresh } from './refresh.ts';

const now = new Date('2026-02-20T00:00:00Z');
const QUARTERS = ['2025Q2', '2025Q3', '2025Q4'];
let temporary: TemporaryWarehouse;

/** Claims had ten workdays until the end of June, handing on has three from 15 August on. */
const CITY = `id: city
version: "1"
name: { zh: 示例市, en: Example }
source: 文件
in_force: { from: null, to: null }
badges: { small_n: 10 }
parameters:
  claim.deadlineWorkdays: [{ value: 10 }, { from: 2025-07-01, value: null }]
  dispatch.deadlineWorkdays: [{ value: null }, { from: 2025-08-15, value: 3 }]
items:
  - { id: claim, name: { zh: 认领, en: Claims }, duty: [licence], clause: 一, parts: [{ id: rate, kind: rate, measure: push_claim, clause: 一 }] }
  - { id: dispatch, name: { zh: 分派, en: Handing on }, duty: [licence], clause: 二, parts: [{ id: rate, kind: rate, measure: push_dispatch, clause: 二 }] }
tables:
  - { id: key, name: { zh: 重点, en: Key }, clause: 三, items: [claim, dispatch] }
units:
  - { id: a, name: 甲局, duties: [licence] }
  - { id: b, name: 乙局, duties: [licence] }
`;

/** A push with the day of its claim and, the same day, of its handing on. */
const push = (id: string, department: string, pushed: string, claimed: string): TestEvent[] => {
  const base = { source: 'test://limits', department, subject: '91320100MA1XYWG030' };
  const data = { push_id: id, bucket: 'licensed', matters: [] };
  return [
    { ...base, id: `${id}-p`, type: 'registration.pushed', time: `${pushed}T10:00:00+08:00`, data },
    { ...base, id: `${id}-c`, type: 'push.claimed', time: `${claimed}T10:00:00+08:00`, data: { push_id: id } },
    { ...base, id: `${id}-d`, type: 'push.dispatched', time: `${claimed}T11:00:00+08:00`, data: { push_id: id } },
  ];
};

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  mkdirSync(join(temporary.dataDir, 'rulesets'), { recursive: true });
  writeFileSync(join(temporary.dataDir, 'rulesets', 'city.yaml'), CITY);
  await loadEvents(temporary.warehouse, [
    // Ten workdays after 25 June are over on 9 July: a is a day late, b is not.
    ...push('P1', 'a', '2025-06-25', '2025-07-10'),
    ...push('P2', 'b', '2025-06-25', '2025-07-09'),
    // Without a limit for claims; for handing on, the first without, the second under three workdays.
    ...push('P3', 'a', '2025-07-14', '2025-09-15'),
    ...push('P4', 'b', '2025-08-18', '2025-08-29'),
    ...push('P5', 'a', '2025-10-13', '2025-12-16'),
  ]);
  await refresh(temporary.warehouse, loadProject(environment()), { quarters: QUARTERS, now });
}, 600_000);
afterAll(() => temporary?.close());

const environment = () => ({ dataDir: temporary.dataDir, ruleset: 'city' });
const score = async (quarter: string) => {
  const { units } = await scoreQuarter(temporary.warehouse, environment(), { quarter, now });
  return Object.fromEntries(
    units.map(({ unit, items }) => [
      unit,
      items.map(
        ({ item, numerator, denominator, on_time, rank }) => `${item} ${numerator}/${denominator} (${on_time}) ${rank}`,
      ),
    ]),
  );
};

it('an abolished limit counts as long as something of it falls due, and no longer', { timeout: 600_000 }, async () => {
  expect(await score('2025Q3')).toEqual({
    a: ['claim 2/2 (1) 2', 'dispatch 1/1 (1) 1'],
    b: ['claim 2/2 (2) 1', 'dispatch 1/1 (0) 2'],
  });
  expect(await score('2025Q4')).toEqual({
    a: ['claim 1/1 (null) 1', 'dispatch 1/1 (0) 1'],
    b: ['claim 0/0 (null) null', 'dispatch 0/0 (0) null'],
  });
  // What was handed on before there was a limit is not late.
  expect((await score('2025Q2')).b).toEqual(['claim 0/0 (0) null', 'dispatch 1/1 (null) 1']);
});

it('the explanation names what was late under it, and divides what was in time', { timeout: 600_000 }, async () => {
  const explained = await readExplanation(temporary.reader, EVERYTHING, 'city', '2025Q3', 'a', 'claim');
  expect(explained.ok && explained.value).toMatchObject({
    formula: '1/2',
    lost: [{ kind: 'claimed_late', key: 'P1', due: '2025-07-09' }],
  });
});

it('pages of places and weeks say the same as the score', { timeout: 600_000 }, async () => {
  const filter = { ruleset: 'city', quarter: '2025Q3', unit: '' };
  const places = await readRows(temporary.reader, placeFigures(EVERYTHING, 'unit', filter));
  expect(places.map(({ place, item, on_time, rank }) => `${place} ${item} (${on_time}) ${rank}`)).toEqual([
    'a claim (1) 2',
    'a dispatch (1) 1',
    'b claim (2) 1',
    'b dispatch (0) 2',
  ]);
  const indicators = heatIndicatorsOf(findRuleSet('city', temporary.dataDir));
  const query = { ruleset: 'city', quarters: ['2025Q3'] as const, until: '2025-09-30', indicators, unit: '' };
  const weeks = await readRows(temporary.reader, heatUnitWeeks(EVERYTHING, query));
  const inTime = (unit: string, indicator: string) =>
    weeks
      .filter((row) => row.unit === unit && row.indicator === indicator)
      .reduce((sum, { numerator }) => sum + numerator, 0);
  expect([inTime('a', 'claim.timely'), inTime('b', 'claim.timely'), inTime('b', 'dispatch.timely')]).toEqual([1, 2, 0]);
});

it('the page of rules says by what units are ranked where a limit was abolished', () => {
  const { items } = describeRuleSet(findRuleSet('city', temporary.dataDir));
  expect(
    items.map(({ item, by_time, limits }) => [item, by_time, limits.map(({ length }) => length?.n ?? null)]),
  ).toEqual([
    ['claim', true, [10, null]],
    ['dispatch', true, [null, 3]],
  ]);
});
