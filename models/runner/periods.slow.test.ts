/** A rule set of rates that scores months, quarters and years: kept up to date beside each other, equal to what is built for the question alone. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePeriod } from '../calendar/period.ts';
import { heatAreaMonths } from '../queries/heat-area-industry.ts';
import { listPeriods, listQuarters } from '../queries/list-quarters.ts';
import { readScores } from '../queries/read-scores.ts';
import { readRows } from '../queries/statement.ts';
import { explainItem, scoreQuarter } from '../scoring/score-quarter.ts';
import { goldenG1 } from '../testing/golden-log.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { loadProject } from './project.ts';
import { refresh } from './refresh.ts';
import { SHOWN_MARTS } from './shown-marts.ts';
import { buildWhatIf } from './what-if.ts';

const now = new Date('2025-08-01T00:00:00Z');
const text = readFileSync(fileURLToPath(new URL('../ruleset/builtin/jieshou.yaml', import.meta.url)), 'utf8');
const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-periods-'));
const project = () => loadProject({ dataDir, ruleset: 'monthly' });
const settings = { dataDir, ruleset: 'monthly' };

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  mkdirSync(join(dataDir, 'rulesets'));
  const monthly = text
    .replace('id: jieshou', 'id: monthly')
    .replace('parameters:', 'periods: [month, quarter, year]\nparameters:');
  writeFileSync(join(dataDir, 'rulesets', 'monthly.yaml'), monthly);
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, [...goldenG1(), registered]);
});
afterAll(async () => {
  await temporary?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const registered: TestEvent = {
  source: 'test://periods',
  id: 'registered',
  type: 'entity.registered',
  time: '2025-04-02T09:00:00+08:00',
  department: 'gaj',
  region: '341282100',
  subject: '91320100MA1XYWG030',
  data: { name: 'n', kind: 'enterprise', industry: '5411', registered_on: '2025-04-02' },
};

const claim: TestEvent[] = ['registration.pushed', 'push.claimed'].map((type, n) => ({
  source: 'test://periods',
  id: `p${n}`,
  type,
  time: `2025-05-1${2 + n}T09:00:00+08:00`,
  department: 'gaj',
  subject: '91320600MA1DEM015E',
  data: { push_id: 'PERIOD-1', bucket: 'licensed', matters: ['m'] },
}));

/** @returns how many rows of each model it has */
async function expectLikeAside(id: string): Promise<Record<string, number>> {
  const { warehouse } = temporary;
  const built = await buildWhatIf(warehouse, project(), parsePeriod(id)!, { now, marts: SHOWN_MARTS });
  const counts: Record<string, number> = {};
  try {
    for (const mart of SHOWN_MARTS) {
      const rows = (from: typeof warehouse) =>
        from.query(`SELECT * FROM ${mart} WHERE quarter = {id:String} AND ruleset = 'monthly' ORDER BY ALL`, { id });
      const live = await rows(warehouse);
      expect(live).toEqual(await rows(built.warehouse));
      counts[mart] = live.length;
    }
    expect(counts.mart_item_scores).toBeGreaterThan(0);
    return counts;
  } finally {
    await built.drop();
  }
}

test('each period with work is live, and only quarters are called quarters', { timeout: 900_000 }, async () => {
  const { warehouse } = temporary;
  const { built } = await refresh(warehouse, project(), { now });
  expect(built).toEqual(expect.arrayContaining(['2025', '2025-04', '2025-05', '2025-06', '2025Q2']));
  const periods = (await listPeriods(warehouse, EVERYTHING, 'monthly')).map(({ quarter }) => quarter);
  expect(periods.toSorted()).toEqual(built.toSorted());
  expect(periods.indexOf('2025-06')).toBe(periods.indexOf('2025Q2') - 1);
  expect(periods[0]).toBe('2025');
  const quarters = (await listQuarters(warehouse, EVERYTHING, 'monthly')).map(({ quarter }) => quarter);
  expect(quarters).toEqual(periods.filter((id) => id.includes('Q')));
  for (const id of ['2025-04', '2025', '2025Q2']) await expectLikeAside(id);
});

test('a new event changes the periods it can lie in; all else equals a full build', { timeout: 900_000 }, async () => {
  const { warehouse } = temporary;
  const before = await readScores(warehouse, EVERYTHING, 'monthly', '2025-03');
  await loadEvents(warehouse, claim);
  const { built } = await refresh(warehouse, project(), { now });
  expect(built).toEqual(expect.arrayContaining(['2025', '2025-05', '2025-06', '2025Q2']));
  expect(built).not.toContain('2025-03');
  expect(await readScores(warehouse, EVERYTHING, 'monthly', '2025-03')).toEqual(before);
  // What stands behind the charts of a month too.
  for (const id of ['2025-05', '2025']) expect((await expectLikeAside(id)).serving_funnel).toBeGreaterThan(0);
  const count = async (quarter: string) => {
    const scores = await scoreQuarter(warehouse, settings, { quarter, now });
    const item = scores.units.find(({ unit }) => unit === 'gaj')!.items.find((one) => one.item === 'claim')!;
    return [item.numerator, item.denominator];
  };
  expect([await count('2025-05'), await count('2025-06'), await count('2025Q2'), await count('2025')]).toEqual([
    [1, 1],
    [0, 0],
    [1, 1],
    [1, 1],
  ]);
  const { quarter, lost } = await explainItem(warehouse, settings, {
    quarter: '2025-05',
    unit: 'gaj',
    item: 'claim',
    now,
  });
  expect([quarter, lost]).toEqual(['2025-05', []]);
});

test.each([
  ['2025', 12, '2025-01-01', '2025-12-01'],
  ['2025Q2', 3, '2025-04-01', '2025-06-01'],
  ['2025-06', 1, '2025-06-01', '2025-06-01'],
])('each month of %s is set against the register at its end', async (quarter, n, first, last) => {
  const asked = heatAreaMonths(EVERYTHING, { ruleset: 'monthly', quarter, measure: 'registrations' });
  const rows = (await readRows(temporary.reader, asked)).filter((row) => row.quarter === quarter);
  const months = rows.filter(({ area, base }) => area === registered.region && base === 1).map(({ month }) => month);
  expect([months.length, months.toSorted()[0], months.toSorted().at(-1)]).toEqual([n, first, last]);
});

test.each([
  ['periods: [month, year]', /periods must name quarter/],
  ['periods: [quarter, week]', /periods/],
])('a rule set with %s is refused', (line, message) => {
  writeFileSync(
    join(dataDir, 'rulesets', 'odd.yaml'),
    text.replace('id: jieshou', 'id: odd').replace('parameters:', `${line}\nparameters:`),
  );
  expect(() => loadProject({ dataDir, ruleset: 'odd' })).toThrow(message);
});

test('points are of a quarter', () => {
  const scored = readFileSync(fileURLToPath(new URL('../ruleset/builtin/nantong-etdz.yaml', import.meta.url)), 'utf8');
  writeFileSync(
    join(dataDir, 'rulesets', 'odd.yaml'),
    scored.replace('id: nantong-etdz', 'id: odd').replace('parameters:', 'periods: [month, quarter]\nparameters:'),
  );
  expect(() => loadProject({ dataDir, ruleset: 'odd' })).toThrow(/only where items give no points/);
});
