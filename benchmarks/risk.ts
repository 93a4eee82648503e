/**
 * Risk tiers of a month from nothing (`--events` events of a tenth as many subjects, of a million at most), and the queries behind the risk maps and the heat
 * maps asked one after the other. The log is written by SQL, so that it takes no longer than what is measured.
 */
import { factsMark } from '@hengjian/contract/facts/facts-mark.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { loadProject } from '@hengjian/models';
import { heatAreaIndustry, heatAreaSeries } from '@hengjian/models/queries/heat-area-industry.ts';
import { heatIndicatorsOf } from '@hengjian/models/queries/heat-indicators.ts';
import { heatUnitWeeks } from '@hengjian/models/queries/heat-unit-weeks.ts';
import { readRows, type Statement } from '@hengjian/models/queries/statement.ts';
import { loadIndicators } from '@hengjian/models/risk/indicators/load-indicators.ts';
import { readFindingStrata } from '@hengjian/models/risk/maps/read-finding-strata.ts';
import { readRiskCells } from '@hengjian/models/risk/maps/read-risk-cells.ts';
import { refreshRisk } from '@hengjian/models/risk/refresh-risk.ts';
import { parseMonth } from '@hengjian/models/risk/risk-month.ts';
import type { RuleSet } from '@hengjian/models/ruleset/rule-set.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { type Figure, figureTable } from './figure.ts';
import { type BenchOptions, benchOptions } from './options.ts';

/** `runs`: how often each query is asked. */
export const RISK_DEFAULTS: BenchOptions = { events: 1_000_000, runs: 40 };
const EVENTS_A_SUBJECT = 10;
/** As many as a city has; with more events each has more of them. */
const MOST_SUBJECTS = 1_000_000;
const OFFICE: Scope = { account: 'bench', roles: ['office'], units: 'all', areas: 'all' };
const MONTHS = ['2025-05', '2025-06'] as const;
/** What happens to subjects, with the members that indicators and maps read; of each subject the n-th is one of these by lot. */
const HAPPENINGS = [
  ['result.entered', `concat('{"codes":["', if(lot % 5 = 0, 'B', '1'), '"],"task_id":"T', toString(lot % 400), '"}')`],
  ['complaint.received', `'{"channel":"12345","topic":"食品"}'`],
  ['penalty.entered', `concat('{"decided_on":"', toString(toDate(at)), '","doc_no":"D', toString(number), '"}')`],
  ['abnormal.listed', `concat('{"decided_on":"', toString(toDate(at)), '","reason":"x"}')`],
] as const;

export async function benchRisk({ events, runs }: BenchOptions): Promise<Figure[]> {
  const { warehouse, close } = await temporaryWarehouse();
  try {
    const subjects = Math.min(MOST_SUBJECTS, Math.max(1, Math.round(events / EVENTS_A_SUBJECT)));
    await fillLog(warehouse, subjects, events - subjects);
    const months = MONTHS.map((id) => parseMonth(id)!);
    const tiering = await seconds(() => refreshRisk(warehouse, loadIndicators(), { months: months.slice(0, 1) }));
    const second = await seconds(() => refreshRisk(warehouse, loadIndicators(), { months }));
    const [{ tiered } = { tiered: 0 }] = await warehouse.query<{ tiered: number }>(
      `SELECT count() AS tiered FROM risk_tiers WHERE month = '${MONTHS[1]}'`,
    );
    if (tiered !== subjects) throw new Error(`${tiered} subjects have a tier, not ${subjects}`);
    const project = loadProject();
    await refresh(warehouse, project, { quarters: ['2025Q2'] });
    const size = `${subjects.toLocaleString('en')} subjects, ${events.toLocaleString('en')} events`;
    return [
      { name: 'tiers of a month', value: tiering, unit: 's', note: `${size}; 1 run` },
      { name: 'tiers of the next month', value: second, unit: 's', note: `${size}; 1 run` },
      ...(await queryFigures(warehouse, project.ruleSet, runs)),
    ];
  } finally {
    await close();
  }
}

/** As the pages ask them. */
async function queryFigures(warehouse: Warehouse, ruleSet: RuleSet, runs: number): Promise<Figure[]> {
  const quarter = '2025Q2';
  const ruleset = ruleSet.id;
  const area = { ruleset, quarter, measure: 'complaints' } as const;
  const indicators = heatIndicatorsOf(ruleSet);
  const weeks = { ruleset, quarters: [quarter] as [string], until: '2025-12-31', indicators, unit: '' };
  const asked: [string, Statement<object>][] = [
    ['risk map: tiers by area and industry', readRiskCells(OFFICE, [...MONTHS])],
    ['risk map: finding rates', readFindingStrata(OFFICE, [{ month: MONTHS[1], before: MONTHS[0] }])],
    ['heat map: areas by industry', heatAreaIndustry(OFFICE, area)],
    ['heat map: classes of its series', heatAreaSeries(OFFICE, area)],
    ['heat map: units by week', heatUnitWeeks(OFFICE, weeks)],
  ];
  const figures: Figure[] = [];
  for (const [name, statement] of asked) {
    const times: number[] = [];
    let rows = 0;
    for (let run = 0; run < runs; run++)
      times.push(await seconds(async () => (rows = (await readRows(warehouse, statement)).length)));
    figures.push({ name: `${name}, p95`, value: 1000 * p95(times), unit: 'ms', note: `${runs} runs; ${rows} rows` });
  }
  return figures;
}

/** Registrations of 2020 in 20 areas and 20 sections, and what happened from 2024-07 to 2025-06. */
async function fillLog(warehouse: Warehouse, subjects: number, happenings: number): Promise<void> {
  const insert = (type: string, select: string) =>
    warehouse.command(
      `INSERT INTO events (source, id, type, time, utc_offset_min, department, region, subject, data, facts_mark, recorded_at, origin_kind, origin)
       SELECT '/bench', concat({type:String}, toString(number)), {type:String}, at, 480, 'scjg', area, uscc, json, {mark:UInt32}, toDateTime64('2025-07-01 00:00:00', 6, 'Asia/Shanghai'), 'file', 'bench'
       FROM (${select})`,
      { type, mark: factsMark(eventTypes.get(type)!), subjects, happenings },
    );
  const ofSubject = `concat('91320600', leftPad(toString(who), 10, '0')) AS uscc, toString(320671001 + cityHash64(who) % 20) AS area`;
  await insert(
    'entity.registered',
    `SELECT number, number AS who, toDateTime64('2020-01-02 09:00:00', 6, 'Asia/Shanghai') AS at, ${ofSubject},
       concat('{"industry":"', substring('ABCDEFGHIJKLMNOPQRST', 1 + cityHash64(number, 1) % 20, 1), '","kind":"enterprise","name":"示例', toString(number), '","registered_on":"2020-01-02"}') AS json
     FROM numbers({subjects:UInt64})`,
  );
  for (const [which, [type, json]] of HAPPENINGS.entries())
    await insert(
      type,
      `SELECT number, cityHash64(number, 2) AS lot, cityHash64(number, 3) % {subjects:UInt64} AS who,
         toDateTime64('2024-07-01 09:00:00', 6, 'Asia/Shanghai') + toIntervalSecond(cityHash64(number, 4) % 31449600) AS at, ${ofSubject}, ${json} AS json
       FROM numbers({happenings:UInt64}) WHERE number % ${HAPPENINGS.length} = ${which}`,
    );
}

const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(0.95 * times.length) - 1)]!;

async function seconds(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return (performance.now() - started) / 1000;
}

if (import.meta.main) console.log(figureTable(await benchRisk(benchOptions(RISK_DEFAULTS))));
