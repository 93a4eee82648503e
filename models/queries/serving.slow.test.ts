/** The figures of the funnel and heat maps against a count of the sample's lines in plain TypeScript. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { loadEvents, readEvents, type TestEvent } from '../testing/load-events.ts';
import { runModelCommand } from '../testing/run-model-command.ts';
import { type FunnelRow, funnel } from './funnel.ts';
import { type AreaMeasure, heatAreaIndustry, heatAreaMonths } from './heat-area-industry.ts';
import { heatAreaTrend } from './heat-area-trend.ts';
import { type HeatIndicatorId, heatIndicatorsOf } from './heat-indicators.ts';
import type { HeatScale } from './heat-scale.ts';
import { heatUnitWeeks } from './heat-unit-weeks.ts';
import { readRows, type Statement } from './statement.ts';

const samples = new URL('../../samples/', import.meta.url);
const office: Scope = { account: 'o', roles: ['office'], units: 'all', areas: 'all' };
const source = 'https://test.example/more';
const day = 86_400_000;
const shanghai = 8 * 3_600_000;
const ruleset = 'nantong-etdz';
const quarter = '2025Q2';
const start = Date.UTC(2025, 3, 1);
const end = Date.UTC(2025, 5, 30);

let temporary: TemporaryWarehouse;
let lines: TestEvent[];
const rows = <Row>(statement: Statement<Row>) => readRows(temporary.reader, statement);
const heatIndicators = heatIndicatorsOf(findRuleSet(ruleset));
const all = (indicator: HeatIndicatorId, scope = office, until = '2025-12-31') => {
  const indicators = heatIndicators.filter(({ id }) => id === indicator);
  return rows(heatUnitWeeks(scope, { ruleset, quarters: [quarter], until, indicators, unit: '' }));
};
const sum = <Row>(list: Row[], figure: (row: Row) => number) => list.reduce((total, row) => total + figure(row), 0);

/** Local day of an event, as UTC midnight. */
const dayOf = (event: TestEvent) => Math.floor((Date.parse(event.time) + shanghai) / day) * day;
const monday = (at: number) => at - ((new Date(at).getUTCDay() + 6) % 7) * day;
const iso = (at: number) => new Date(at).toISOString().slice(0, 10);

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const sample = readEvents(fileURLToPath(new URL('nantong-sample.ndjson.gz', samples)));
  const [first, second, third] = sample.filter(({ type }) => type === 'entity.registered');
  const more = (id: string, event: Partial<TestEvent>): TestEvent => ({
    source,
    id,
    type: 'complaint.received',
    time: '2025-05-05T09:00:00+08:00',
    department: 'scjg',
    data: { channel: '12345', topic: 'x' },
    ...event,
  });
  lines = [
    ...sample,
    more('c1', { subject: first!.subject! }),
    more('c2', { subject: first!.subject!, region: '999999' }),
    more('c3', { subject: 'NOT-ON-THE-REGISTER' }),
    more('c4', { subject: second!.subject!, time: '2025-06-30T16:00:00Z' }),
    more('c5', { subject: second!.subject! }),
    more('v', { type: 'event.voided', data: { event_source: source, event_id: 'c5', reason: 'x' } }),
    more('e1', { type: 'entity.cancelled', subject: third!.subject!, data: { decided_on: '2025-05-05' } }),
    more('r1', {
      type: 'entity.registered',
      subject: '91320100MA1XYWG030',
      region: '320671001',
      data: { name: 'n', kind: 'enterprise', industry: '5411', registered_on: '2025-05-05' },
    }),
  ];
  await loadEvents(temporary.warehouse, lines);
  await refresh(temporary.warehouse, loadProject());
});
afterAll(() => temporary?.close());

test('the tests of the models find nothing wrong in the sample', async () => {
  expect(await runModelCommand(temporary, 'models', 'test')).not.toContain('FAIL');
});

/** Lines of a type in the quarter, once each, without the voided. */
function counted(type: string): TestEvent[] {
  const voided = new Set(
    lines.filter((line) => line.type === 'event.voided').map(({ data }) => `${data.event_source}\n${data.event_id}`),
  );
  const once = new Map(lines.map((line) => [`${line.source}\n${line.id}`, line]));
  return [...once]
    .filter(([key, line]) => line.type === type && !voided.has(key) && dayOf(line) >= start && dayOf(line) <= end)
    .map(([, line]) => line);
}

describe('units by week', () => {
  const plain: [HeatIndicatorId, string][] = [
    ['inspections', 'inspection.done'],
    ['published', 'result.published'],
    ['unlicensed', 'unlicensed.reported'],
  ];

  test.each(plain)('%s: as many as lines of %s, week by week and unit by unit', async (indicator, type) => {
    const expected = new Map<string, number>();
    for (const line of counted(type)) {
      const key = `${line.department} ${iso(monday(dayOf(line)))}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    const found = new Map((await all(indicator)).map((row) => [`${row.unit} ${row.week}`, row.numerator]));
    expect(found.size).toBeGreaterThan(5);
    expect(found).toEqual(new Map([...expected].sort().map((entry) => entry)));
  });

  test('entries late against seven workdays, by the day of entry', async () => {
    const off = new Set([
      '2025-04-04',
      '2025-05-01',
      '2025-05-02',
      '2025-05-05',
      '2025-06-02',
      '2025-01-01',
      '2025-01-28',
      '2025-01-29',
      '2025-01-30',
      '2025-01-31',
      '2025-02-03',
      '2025-02-04',
    ]);
    const made = new Set(['2025-01-26', '2025-02-08', '2025-04-27']);
    const outages = lines.filter(({ type }) => type === 'outage.declared').map(({ data }) => data);
    const works = (at: number, unit: string) =>
      (made.has(iso(at)) || (![0, 6].includes(new Date(at).getUTCDay()) && !off.has(iso(at)))) &&
      !outages.some(({ from, to, units }) => {
        const covered = (units as string[]).length === 0 || (units as string[]).includes(unit);
        return covered && String(from) <= iso(at) && iso(at) <= String(to);
      });
    const due = (decided: string, unit: string) => {
      let at = Date.parse(decided);
      for (let n = 0; n < 7; ) {
        at += day;
        if (works(at, unit)) n++;
      }
      return at;
    };
    const entries = [...counted('penalty.entered'), ...counted('dishonest.entered')];
    const late = entries.filter((line) => dayOf(line) > due(String(line.data.decided_on), line.department));
    const found = await all('dishonest_late');
    expect(late.length).toBeGreaterThan(20);
    expect(sum(found, (row) => row.numerator)).toBe(late.length);
    expect(sum(found, (row) => row.denominator!)).toBe(entries.length);
  });

  const items: [HeatIndicatorId, string, 'denominator' | 'numerator'][] = [
    ['login', 'login', 'denominator'],
    ['claim', 'claim', 'denominator'],
    ['feedback', 'feedback', 'denominator'],
    ['licence', 'licence', 'denominator'],
    ['dishonest', 'dishonest', 'denominator'],
    ['publication', 'dr_publish', 'denominator'],
    ['claim_timely', 'claim', 'numerator'],
    ['feedback_timely', 'feedback', 'numerator'],
  ];
  test.each(items)('%s adds up to the answers for item %s', async (indicator, item, below) => {
    type Item = { item: string; numerator: number; denominator: number; on_time: number };
    const answers = JSON.parse(readFileSync(new URL('nantong-sample.2025Q2.scores.json', samples), 'utf8'));
    const found = await all(indicator);
    for (const { unit, items } of answers.units as { unit: string; items: Item[] }[]) {
      const answer = items.find((one) => one.item === item);
      const own = found.filter((row) => row.unit === unit);
      expect(
        sum(own, (row) => row.denominator!),
        unit,
      ).toBe(answer?.[below] ?? 0);
      const above = below === 'denominator' ? answer?.numerator : answer?.on_time;
      expect(
        sum(own, (row) => row.numerator),
        unit,
      ).toBe(above ?? 0);
    }
  });

  test('what falls due after the day one looks is not counted yet', async () => {
    const weeks = (await all('login', office, '2025-04-16')).map((row) => row.week);
    expect([...new Set(weeks)]).toEqual(['2025-03-31', '2025-04-07', '2025-04-14']);
    const april = (await all('login', office, '2025-04-16')).filter(({ unit }) => unit === 'scjg');
    expect(sum(april, (row) => row.denominator!)).toBe(11);
  });

  test('by month and by quarter the same adds up, over several periods too', async () => {
    const at = (scale: HeatScale, quarters: [string, ...string[]] = [quarter]) =>
      rows(
        heatUnitWeeks(office, {
          ruleset,
          quarters,
          until: '2025-12-31',
          indicators: heatIndicators.filter(({ id }) => id === 'claim'),
          unit: 'scjg',
          scale,
        }),
      );
    const [weeks, months, whole] = [await at('week'), await at('month'), await at('quarter')];
    expect(months.map(({ week }) => week)).toEqual(['2025-04-01', '2025-05-01', '2025-06-01']);
    expect(whole.map(({ week }) => week)).toEqual(['2025-04-01']);
    for (const figure of ['numerator', 'denominator'] as const)
      expect([sum(months, (row) => row[figure]!), sum(whole, (row) => row[figure]!)]).toEqual(
        Array(2).fill(sum(weeks, (row) => row[figure]!)),
      );
    const two = await at('quarter', [quarter, '2025Q1']);
    expect(two.at(-1)).toEqual(whole[0]);
    expect(two.map(({ week }) => week)).toEqual(['2025-01-01', '2025-04-01']);
  });
});

describe('funnel', () => {
  const claims = (row: FunnelRow) => row.claim_on_time + row.claim_late + row.claim_open + row.claim_overdue;
  const feedbacks = (row: FunnelRow) =>
    row.feedback_on_time + row.feedback_late + row.feedback_open + row.feedback_overdue;

  test('states add up, and to the answers for item claim', async () => {
    const found = await rows(funnel(office, { ruleset, quarter, on: '2025-07-09', unit: '' }));
    const answers = JSON.parse(readFileSync(new URL('nantong-sample.2025Q2.scores.json', samples), 'utf8'));
    for (const row of found) {
      expect(claims(row)).toBe(row.pushed);
      expect(feedbacks(row)).toBe(row.claim_on_time + row.claim_late);
    }
    for (const { unit, items } of answers.units) {
      const answer = items.find((one: { item: string }) => one.item === 'claim');
      const own = found.filter((row) => row.unit === unit);
      expect(
        sum(own, (row) => row.pushed),
        unit,
      ).toBe(answer?.denominator ?? 0);
      expect(
        sum(own, (row) => row.claim_on_time),
        unit,
      ).toBe(answer?.on_time ?? 0);
      expect(
        sum(own, (row) => row.claim_on_time + row.claim_late),
        unit,
      ).toBe(answer?.numerator ?? 0);
    }
  });

  test('the same undone push is open before its deadline and overdue after it', async () => {
    const on = async (looked: string) => rows(funnel(office, { ruleset, quarter, on: looked, unit: 'scjg' }));
    const [early, late] = [await on('2025-04-01'), await on('2025-07-09')];
    expect(sum(early, (row) => row.claim_overdue)).toBe(0);
    expect(sum(late, (row) => row.claim_open)).toBe(0);
    expect(sum(early, (row) => row.claim_open)).toBe(sum(late, (row) => row.claim_overdue));
  });
});

describe('areas by industry', () => {
  const map = (measure: AreaMeasure, scope = office) => rows(heatAreaIndustry(scope, { ruleset, quarter, measure }));

  test('by month events add up to the quarter, each month set against the register at its end', async () => {
    for (const measure of ['penalties', 'finding_rate'] as const) {
      const quarterly = await map(measure);
      const monthly = (await rows(heatAreaMonths(office, { ruleset, quarter, measure }))).filter(
        (row) => row.quarter === quarter,
      );
      expect([...new Set(monthly.map(({ month }) => month))].sort()).toEqual([
        '2025-04-01',
        '2025-05-01',
        '2025-06-01',
      ]);
      for (const whole of quarterly) {
        const own = monthly.filter(({ area, industry }) => area === whole.area && industry === whole.industry);
        expect(sum(own, (row) => row.events)).toBe(whole.events);
        if (measure === 'finding_rate') expect(sum(own, (row) => row.base)).toBe(whole.base);
        else for (const { base } of own) expect(base).toBe(whole.base);
      }
    }
  });

  test.each([
    ['penalties', 'penalty.entered', () => true],
    ['complaints', 'complaint.received', () => true],
    ['registrations', 'entity.registered', () => true],
    ['findings', 'result.entered', (line: TestEvent) => (line.data.codes as string[]).some((code) => code !== '1')],
  ] as const)('%s as counted from the lines, by the register', async (measure, type, counts) => {
    const register = new Map<string, TestEvent>();
    for (const line of lines) if (line.type === 'entity.registered') register.set(line.subject!, line);
    const expected = new Map<string, number>();
    for (const line of counted(type).filter(counts)) {
      const subject = register.get(line.subject!);
      const industry = String(subject?.data.industry ?? '');
      const key = `${line.region || subject?.region || ''} ${industry === '5411' ? 'G' : industry}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    const found = (await map(measure)).filter(({ events }) => events > 0);
    expect(new Map(found.map((row) => [`${row.area} ${row.industry}`, row.events]))).toEqual(expected);
  });

  test('base: the register at the end of the quarter, without the cancelled; results for the finding rate', async () => {
    const subjects = new Set(lines.filter(({ type }) => type === 'entity.registered').map(({ subject }) => subject));
    expect(sum(await map('penalties'), (row) => row.base)).toBe(subjects.size - 1);
    expect(sum(await map('finding_rate'), (row) => row.base)).toBe(counted('result.entered').length);
    expect(sum(await map('finding_rate'), (row) => row.events)).toBe(sum(await map('findings'), (row) => row.events));
  });

  test('months of one cell reach over all quarters', async () => {
    const [cell] = (await map('complaints')).filter(({ area }) => area === '999999');
    const months = await rows(heatAreaTrend(office, { ruleset, ...cell! }));
    expect(months).toEqual([{ month: '2025-05-01', measure: 'complaints', events: 1 }]);
  });
});

describe('scope', () => {
  const unit: Scope = { account: 'u', roles: ['unit'], units: ['scjg'], areas: 'all' };
  const town: Scope = { account: 't', roles: ['leader'], units: 'all', areas: ['320671001'] };
  const refused: Scope[] = [
    { account: 'a', roles: ['admin'], units: 'all', areas: 'all' },
    { account: 'i', roles: ['inspector'], units: 'all', areas: 'all' },
    { account: '', roles: [], units: 'all', areas: 'all' },
    { account: 'n', roles: ['unit'], units: [], areas: 'all' },
  ];

  test('a unit sees its own', async () => {
    expect(new Set((await all('login', unit)).map((row) => row.unit))).toEqual(new Set(['scjg']));
    const own = await rows(funnel(unit, { ruleset, quarter, on: '2025-07-09', unit: '' }));
    expect(new Set(own.map((row) => row.unit))).toEqual(new Set(['scjg']));
    expect(await rows(funnel(unit, { ruleset, quarter, on: '2025-07-09', unit: 'jsj' }))).toEqual([]);
    const penalties = (await rows(heatAreaIndustry(unit, { ruleset, quarter, measure: 'penalties' }))).map(
      (row) => row.events,
    );
    expect(sum(penalties, Number)).toBe(counted('penalty.entered').filter((line) => line.department === 'scjg').length);
  });

  test('an area limit narrows pushes and maps, and leaves nothing of what belongs to no area', async () => {
    const map = await rows(heatAreaIndustry(town, { ruleset, quarter, measure: 'penalties' }));
    expect(new Set(map.map((row) => row.area))).toEqual(new Set(['320671001']));
    const [part, whole] = await Promise.all(
      [town, office].map((scope) => rows(funnel(scope, { ruleset, quarter, on: '2025-07-09', unit: '' }))),
    );
    expect(sum(part!, (row) => row.pushed)).toBeGreaterThan(0);
    expect(sum(part!, (row) => row.pushed)).toBeLessThan(sum(whole!, (row) => row.pushed));
    expect(await all('login', town)).toEqual([]);
    expect(await rows(heatAreaTrend(town, { ruleset, area: '320671002', industry: 'C' }))).toEqual([]);
  });

  test.each(refused)('$account $roles sees nothing', async (scope) => {
    expect(await all('login', scope)).toEqual([]);
    expect(await rows(funnel(scope, { ruleset, quarter, on: '2025-07-09', unit: '' }))).toEqual([]);
    const map = await rows(heatAreaIndustry(scope, { ruleset, quarter, measure: 'penalties' }));
    expect(sum(map, (row) => row.events)).toBe(0);
    expect(await rows(heatAreaTrend(scope, { ruleset, area: '320671001', industry: 'C' }))).toEqual([]);
  });
});
