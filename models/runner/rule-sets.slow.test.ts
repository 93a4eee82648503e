import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeQuarter } from '../publication/close-quarter.ts';
import { funnel } from '../queries/funnel.ts';
import { heatIndicatorsOf } from '../queries/heat-indicators.ts';
import { heatUnitWeeks } from '../queries/heat-unit-weeks.ts';
import { listQuarters } from '../queries/list-quarters.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { explainItem, scoreQuarter } from '../scoring/score-quarter.ts';
import { goldenG1 } from '../testing/golden-log.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { planJson, reasonToBuild } from './plan-refresh.ts';
import { loadProject } from './project.ts';
import { planOnly, refresh } from './refresh.ts';

const quarter = '2025Q2';
const now = new Date('2025-08-01T00:00:00Z');
const both = 'nantong-etdz,jieshou';

let serial = 0;
const event = (type: string, time: string, push_id: string, data: object = {}): TestEvent => ({
  source: 'test://rule-sets',
  id: `r${serial++}`,
  type,
  time: `2025-${time}:00:00+08:00`,
  department: 'scjg',
  subject: 'S1',
  data: { push_id, ...data },
});

describe('several rule sets', () => {
  let temporary: TemporaryWarehouse;
  const score = (ruleset: string, kept = both) =>
    scoreQuarter(temporary.warehouse, { dataDir: temporary.dataDir, ruleset: kept }, { quarter, ruleset, now });
  const claims = async (ruleset: string, kept = both) => {
    const scores = await score(ruleset, kept);
    const item = scores.units.find(({ unit }) => unit === 'scjg')!.items.find((one) => one.item === 'claim')!;
    return [scores.ruleset.id, scores.status, item.numerator, item.denominator, item.on_time];
  };
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    await loadEvents(temporary.warehouse, goldenG1());
  });
  afterAll(() => temporary?.close());

  it('are planned, each with its own models and reasons', async () => {
    const plan = planJson(await planOnly(temporary.warehouse, loadProject({ ruleset: both }), { now })) as {
      rulesets: { ruleset: string; quarters: { quarter: string; reason: string }[]; models: string[] }[];
    };
    expect(plan.rulesets.map(({ ruleset }) => ruleset)).toEqual(['nantong-etdz', 'jieshou']);
    for (const { quarters } of plan.rulesets)
      expect(quarters).toContainEqual({ quarter, reason: 'never built', cutoff: '2025-07-09 23:59:59.999999' });
    const [nantong, jieshou] = plan.rulesets;
    expect(jieshou!.models).not.toEqual(nantong!.models);
    expect(await temporary.warehouse.query('SELECT count() AS n FROM builds')).toEqual([{ n: 0 }]);
  });

  it('are kept beside each other: the same log, the figures of each', async () => {
    expect(await claims('nantong-etdz')).toEqual(['nantong-etdz', 'draft', 46, 50, 40]);
    const rates = await score('jieshou');
    expect(rates.units[0]).toMatchObject({ rank: null, total: null });
    expect(rates.units[0]).not.toHaveProperty('total_exact');
    expect(rates.units[0]!.items[0]).toMatchObject({ weight: null, points: null });
    expect(rates.units[0]!.items[0]).not.toHaveProperty('points_exact');
    for (const ruleset of ['nantong-etdz', 'jieshou']) {
      const quarters = await listQuarters(temporary.warehouse, EVERYTHING, ruleset);
      expect(quarters.map((entry) => entry.quarter)).toContain(quarter);
    }
    const explained = await explainItem(
      temporary.warehouse,
      { dataDir: temporary.dataDir, ruleset: both },
      { quarter, ruleset: 'jieshou', unit: 'scjg', item: 'claim', now },
    );
    expect(explained.points).toBeNull();
    expect(explained.lost.length).toBeGreaterThan(0);
    expect(explained.lost.every(({ points }) => points === null)).toBe(true);
  });

  it('see events that came while only another one was refreshed', async () => {
    const before = await claims('jieshou');
    await loadEvents(temporary.warehouse, [
      event('registration.pushed', '06-09T10', 'late-1', { bucket: 'licensed', matters: [] }),
    ]);
    await refresh(temporary.warehouse, loadProject({ ruleset: 'nantong-etdz' }), { now });
    expect((await claims('nantong-etdz', 'nantong-etdz'))[3]).toBe(51);
    expect(Number((await claims('jieshou'))[3])).toBe(Number(before[3]) + 1);
  });

  it('build one that is not kept aside, with the figures it has when kept', async () => {
    const kept = await claims('jieshou');
    const newest = () => temporary.warehouse.query("SELECT max(build) AS build FROM builds WHERE ruleset = 'jieshou'");
    const builds = await newest();
    expect(await claims('jieshou', 'nantong-etdz')).toEqual(kept);
    expect(await newest()).toEqual(builds);
    const { as_of } = await score('jieshou', 'nantong-etdz');
    expect(as_of, 'the time of the office, as where it is kept').toMatch(/T.+\+08:00$/);
  });

  it('show funnel and heat map of a published quarter as published, of the other rule set as it is now', async () => {
    const { warehouse } = temporary;
    const project = loadProject({ ruleset: both });
    const pages = async (ruleset: string) => {
      const all = heatIndicatorsOf(findRuleSet(ruleset));
      const indicators = all.filter(({ id }) => id === 'claim');
      const statements = [
        funnel(EVERYTHING, { ruleset, quarter, on: '2025-08-01', unit: 'scjg' }),
        heatUnitWeeks(EVERYTHING, { ruleset, quarters: [quarter], until: '2025-06-30', indicators, unit: 'scjg' }),
      ];
      return Promise.all(statements.map(({ sql, params }) => warehouse.query(sql, params)));
    };
    const publisher = { warehouse, project, live: project, write: writeDirectly(warehouse), by: 'office', now };
    await closeQuarter(publisher, quarter);
    const published = await pages('nantong-etdz');
    const other = await pages('jieshou');
    expect(published[0]).not.toEqual([]);
    expect(published[1]).not.toEqual([]);
    await loadEvents(warehouse, [event('push.claimed', '06-10T10', 'late-1')]);
    await refresh(warehouse, project, { now });
    expect(await pages('nantong-etdz')).toEqual(published);
    expect(await pages('jieshou')).not.toEqual(other);
    expect(await claims('nantong-etdz')).toEqual(['nantong-etdz', 'published', 46, 51, 40]);
    expect((await claims('jieshou'))[1]).toBe('draft');
  });
});

describe('reasonToBuild', () => {
  const live = { fingerprint: 'f', cutoff: '2025-07-09 23:59:59.999999' };
  const calm = { ...live, pending: { events: 0, earliest: null, all: false }, restarted: false, full: false };
  it.each([
    [live, calm, null],
    [live, { ...calm, full: true }, 'asked for'],
    [live, { ...calm, restarted: true }, 'the log was replaced'],
    [undefined, calm, 'never built'],
    [live, { ...calm, fingerprint: 'g' }, 'models, rules or calendar changed'],
    [live, { ...calm, cutoff: null }, 'its cut-off changed'],
    [live, { ...calm, pending: { events: 1, earliest: '2025-07-09 23:59:59.999999', all: false } }, 'new events'],
    [live, { ...calm, pending: { events: 1, earliest: '2025-07-10 00:00:00.000000', all: false } }, null],
    [
      live,
      { ...calm, pending: { events: 1, earliest: '2025-07-10 00:00:00.000000', all: true } },
      'the log was replaced',
    ],
  ])('%#', (before, state, reason) => {
    expect(reasonToBuild(before, state)).toBe(reason);
  });
});

it('a quarter that one rule set cannot score is scored by the other', async () => {
  const own = await temporaryWarehouse();
  try {
    // Nantong's deadline would start in a year without a notice; by the rules of Nanjing nothing of the quarter does.
    const pushed = event('registration.pushed', '01-02T09', 'P', { bucket: 'licensed', matters: [] });
    await loadEvents(own.warehouse, [
      { ...pushed, time: '2023-12-28T09:00:00+08:00' },
      { ...event('push.claimed', '01-02T09', 'P'), time: '2024-01-20T09:00:00+08:00' },
    ]);
    const scoreBy = (ruleset: string) =>
      scoreQuarter(
        own.warehouse,
        { dataDir: own.dataDir, ruleset: 'nantong-etdz,nanjing' },
        { quarter: '2024Q1', ruleset, now },
      );
    await expect(scoreBy('nantong-etdz')).rejects.toThrow(/2024Q1 cannot be scored: /);
    expect(await scoreBy('nanjing')).toMatchObject({ quarter: '2024Q1', status: 'draft' });
  } finally {
    await own.close();
  }
});
