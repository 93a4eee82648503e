/** An account that is limited to areas sees no row of another one, in no query: counted from the events themselves. */
import { fileURLToPath } from 'node:url';
import type { Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeQuarter } from '../publication/close-quarter.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { loadEvents, readEvents } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { type Explanation, readExplanation } from './read-explanation.ts';
import { readScores, type UnitScore } from './read-scores.ts';
import { readUnitExplanations } from './read-unit-explanations.ts';
import { readUnitHistory } from './read-unit-history.ts';

const QUARTER = '2025Q2';
const RULESET = 'nantong-etdz';
const whole: Scope = { account: 'o', roles: ['office'], units: 'all', areas: 'all' };
let temporary: TemporaryWarehouse;
/** Area of each event, by source and id; '' where it names none. */
let areaOf: Map<string, string>;
let areas: string[];
let units: UnitScore[];
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const events = readEvents(fileURLToPath(new URL('../../samples/nantong-sample.ndjson.gz', import.meta.url)));
  await loadEvents(temporary.warehouse, events);
  const project = loadProject();
  const { warehouse } = temporary;
  await refresh(warehouse, project);
  await closeQuarter({ warehouse, project, write: writeDirectly(warehouse), by: 'office' }, QUARTER);
  areaOf = new Map(events.map(({ source, id, region }) => [`${source}\n${id}`, region ?? '']));
  areas = [...new Set(areaOf.values())].filter((area) => area !== '').sort();
  const scores = await readScores(temporary.reader, whole, RULESET, QUARTER);
  units = scores.ok ? scores.value.units : [];
});
afterAll(() => temporary?.close());

const explain = async (scope: Scope, unit: string, item: string): Promise<Explanation> => {
  const answer = await readExplanation(temporary.reader, scope, RULESET, QUARTER, unit, item);
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value;
};
const areaOfRow = (event: { source: string; id: string } | null) =>
  event ? (areaOf.get(`${event.source}\n${event.id}`) ?? '') : '';
const limited = (...to: string[]): Scope => ({ ...whole, areas: to });

test('explanations: exactly the lost rows whose events lie in the areas, and figures of these alone', async () => {
  expect(areas.length).toBeGreaterThan(1);
  const scope = limited(areas[0]!, areas[1]!);
  let seen = 0;
  let hidden = 0;
  // Two units have every item between them; each explanation is a handful of queries.
  for (const { unit, items } of units.slice(0, 2))
    for (const { item } of items) {
      const all = await explain(whole, unit, item);
      const some = await explain(scope, unit, item);
      const expected = all.lost.filter(({ event }) => scope.areas.includes(areaOfRow(event)));
      expect([unit, item, some.lost]).toEqual([unit, item, expected]);
      expect(some.areas).toEqual(scope.areas);
      expect(all.areas).toBeUndefined();
      expect([some.numerator, some.denominator, some.on_time]).toEqual([null, null, null]);
      expect([some.formula, some.badges]).toEqual(['', []]);
      const lost = expected.reduce((sum, { points }) => sum + points!, 0);
      expect(some.weight! - some.points!).toBeCloseTo(lost, 9);
      seen += expected.length;
      hidden += all.lost.length - expected.length;
    }
  expect(seen).toBeGreaterThan(0);
  expect(hidden).toBeGreaterThan(0);
});

test('the page of a unit, its lists and sums, and its history show no row of another area', async () => {
  const scope = limited(areas[0]!);
  const { unit } = units[0]!;
  const page = await readUnitExplanations(temporary.reader, scope, RULESET, QUARTER, unit, 1_000);
  if (!page.ok) throw new Error(page.detail);
  for (const { item, lost, lostCount, kinds, formula, badges } of page.value.items) {
    expect([item, formula, badges]).toEqual([item, '', []]);
    expect(lost.every(({ event }) => areaOfRow(event) === areas[0])).toBe(true);
    expect([item, lostCount]).toEqual([item, (await explain(scope, unit, item)).lost.length]);
    expect(kinds.reduce((sum, { rows }) => sum + rows, 0)).toBe(lostCount);
  }
  const history = await readUnitHistory(temporary.reader, scope, RULESET, unit);
  expect(history.map(({ quarter, items }) => [quarter, items])).toEqual([[QUARTER, []]]);
});

test('scores: of a draft nothing of the whole city; once published ranks and totals, and items of the areas', async () => {
  const scope = limited(areas[0]!);
  const draft = await readScores(temporary.reader, scope, RULESET, '2025Q1');
  expect(draft).toMatchObject({ ok: true, value: { status: 'draft', units: [], areas: [areas[0]] } });
  const published = await readScores(temporary.reader, scope, RULESET, QUARTER);
  const city = await readScores(temporary.reader, whole, RULESET, QUARTER);
  if (!published.ok || !city.ok) throw new Error('there are no scores');
  const totals = (of: UnitScore[]) => of.map(({ unit, rank, total }) => [unit, rank, total]);
  expect(totals(published.value.units)).toEqual(totals(city.value.units));
  for (const { unit, items } of published.value.units.slice(0, 1))
    for (const score of items) expect(score.points).toBeCloseTo((await explain(scope, unit, score.item)).points!, 9);
});

test('a role and a unit narrow on: a unit sees its own rows of its area alone', async () => {
  const { unit } = units[0]!;
  const scope: Scope = { ...limited(areas[0]!), roles: ['unit'], units: [unit] };
  const other = units.find((one) => one.unit !== unit)!;
  expect(await readExplanation(temporary.reader, scope, RULESET, QUARTER, other.unit, 'login')).toMatchObject({
    ok: false,
    reason: 'forbidden',
  });
  const { lost } = await explain(scope, unit, 'claim');
  expect(lost.every(({ event }) => areaOfRow(event) === areas[0])).toBe(true);
});
