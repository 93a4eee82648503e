import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { loadModels } from '../runner/load-models.ts';
import { refresh } from '../runner/refresh.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { BUILTIN, type Catalogue, KINDS_DIRECTORY, loadCatalogue, MEASURES_DIRECTORY } from './catalogue.ts';
import { parseRuleSet, type RuleSet, ruleSetOn } from './rule-set.ts';
import { HEAD, RATES } from './testing/small-rule-set.ts';

/** Follow-ups promised within a number of workdays, which each item sets for itself. */
const FOLLOWUP = `/*
name: followup_promised
kind: measure
grain: one row per push
owner: test
description: Pushes and their follow-up.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_checked, checked_late]
timed: ITEM.deadlineWorkdays
work: [registration.pushed]
columns:
  unit: unit id
  key: push_id
  amount: matters of the push
  amount_done: matters that were followed up
*/
SELECT p.unit AS unit, p.push_id AS key, p.subject AS subject, p.event_source AS event_source, p.event_id AS event_id, d.due AS due,
  c.checked_at AS happened, toUInt8(c.checked_at IS NOT NULL) AS done,
  if(var('ITEM.deadlineWorkdays') IS NULL, NULL, ifNull(toDate32(c.checked_at) <= d.due, 0)) AS on_time,
  p.matters AS amount, p.matters * done AS amount_done
FROM (
  SELECT toString(department) AS unit, push_id, subject, toString(source) AS event_source, id AS event_id, event_day, toInt64(3) AS matters
  FROM ref('int_live_events') WHERE type = 'registration.pushed' AND hasAny(var('ITEM.duties'), ['licence'])
) AS p
LEFT JOIN (SELECT push_id, toNullable(min(time)) AS checked_at FROM ref('int_live_events') WHERE type = 'followup.checked' GROUP BY push_id) AS c ON c.push_id = p.push_id
LEFT JOIN (SELECT unit, start, due FROM ref('int_deadlines') WHERE workdays = var('ITEM.deadlineWorkdays')) AS d ON d.unit = p.unit AND d.start = p.event_day
`;

/** Half of the points for the first thing done, the rest for all. */
const HALF = {
  'schema.ts': `import { Type } from 'typebox';
export const kind = {
  members: { head_start: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })) },
  problems: (part) => (part.head_start === undefined ? ['needs a head_start'] : []),
  options: (part) => ({ head_start: part.head_start }),
};
`,
  'share.sql': `/*
description: A head start in per cent for the first thing done, the rest by the share; nothing due is the whole.
*/
SELECT unit, item, part,
  multiIf(due = 0, toInt256(100), done = 0, toInt256(0), JSONExtractInt(options, 'head_start') * toInt256(due) + (100 - JSONExtractInt(options, 'head_start')) * toInt256(done)) AS a,
  toInt256(100) * greatest(due, 1) AS b, 'half' AS formula,
  toNullable(toFloat64(done)) AS numerator, toNullable(toFloat64(due)) AS denominator, toUInt8(0) AS timed, CAST([], 'Array(String)') AS badges
FROM ref('int_parts')
WHERE kind = 'head_start'
`,
  'lost.sql': `/*
description: What was not done.
*/
SELECT unit, item, measure, clause, lost_late, lost_missed, toUInt8(0) AS counts_late, toUInt8(1) AS counts_missed,
  toNullable(toFloat64(0)) AS late_points, toNullable(if(due > done, loss / (due - done), 0)) AS missed_points
FROM ref('int_part_losses')
WHERE kind = 'head_start'
`,
};

const POINTS = `id: points
${HEAD}
parameters: {}
items:
  - id: checked
    name: { zh: 查, en: Checked }
    weight: 100
    duty: [licence]
    clause: 一
    parts: [{ id: share, kind: head_start, measure: followup_promised, points: 100, head_start: 40, clause: 一 }]
`;

let serial = 0;
const event = (type: string, time: string, department: string, push_id: string, data = {}): TestEvent => ({
  source: 'test://catalogue',
  id: `e${serial++}`,
  type,
  time: `2025-${time}:00:00+08:00`,
  department,
  data: { push_id, ...data },
});
const pushed = (unit: string, push: string) =>
  event('registration.pushed', '04-08T10', unit, push, { bucket: 'licensed' });
const checked = (unit: string, push: string, day: string) => event('followup.checked', `${day}T09`, unit, push);
const EVENTS = [
  ...[pushed('a', 'A1'), pushed('a', 'A2'), checked('a', 'A1', '04-10'), checked('a', 'A2', '04-11')],
  ...[pushed('b', 'B1'), pushed('b', 'B2'), checked('b', 'B1', '04-09')],
  ...[pushed('c', 'C1'), checked('c', 'C1', '04-30')],
];

describe('what rule sets are made of', () => {
  let temporary: TemporaryWarehouse;
  let catalogue: Catalogue;
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-catalogue-'));
  const built = async (ruleSet: RuleSet) => {
    await refresh(temporary.warehouse, { graph: loadModels(catalogue), ruleSet, calendar: loadCalendar() });
    return {
      items: await temporary.warehouse.query<Record<string, unknown>>(
        `SELECT unit, item, points_exact, numerator, denominator, on_time, rank, badges FROM mart_item_scores WHERE ruleset = '${ruleSet.id}' AND quarter = '2025Q2' ORDER BY ord, unit`,
      ),
      units: await temporary.warehouse.query<Record<string, unknown>>(
        `SELECT unit, rank, total_exact FROM mart_unit_scores WHERE ruleset = '${ruleSet.id}' AND quarter = '2025Q2' ORDER BY ord`,
      ),
      lost: await temporary.warehouse.query<Record<string, unknown>>(
        `SELECT unit, item, kind, key, toString(due) AS due, points FROM mart_lost_points WHERE ruleset = '${ruleSet.id}' AND quarter = '2025Q2' ORDER BY item, unit, key`,
      ),
    };
  };
  beforeAll(async () => {
    // Beside the product's files, so that a kind's schema finds its packages.
    mkdirSync(join(directory, 'kinds', 'head_start'), { recursive: true });
    mkdirSync(join(directory, 'measures'));
    writeFileSync(join(directory, 'measures', 'followup_promised.sql'), FOLLOWUP);
    for (const [name, text] of Object.entries(HALF))
      writeFileSync(
        join(directory, 'kinds', 'head_start', name),
        text.replace("'typebox'", JSON.stringify(import.meta.resolve('typebox'))),
      );
    catalogue = await loadCatalogue({
      measures: [MEASURES_DIRECTORY, join(directory, 'measures')],
      kinds: [KINDS_DIRECTORY, join(directory, 'kinds')],
    });
    temporary = await temporaryWarehouse();
    await loadEvents(temporary.warehouse, EVENTS);
  });
  afterAll(async () => {
    await temporary?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is not known to the product before its file is there', () => {
    expect(() => parseRuleSet(RATES, 'rates.yaml')).toThrow(/quick\.deadlineWorkdays is unknown/);
    expect(BUILTIN.measures.has('followup_promised')).toBe(false);
  });

  it('counts a measure for each item with the parameters of that item, as rates that are ranked', async () => {
    const { items, units, lost } = await built(parseRuleSet(RATES, 'rates.yaml', catalogue));
    const item = (
      unit: string,
      id: string,
      numerator: number,
      denominator: number,
      on_time: number | null,
      rank: number | null,
      badges: string[],
    ) => ({ unit, item: id, points_exact: null, numerator, denominator, on_time, rank, badges });
    expect(items).toEqual([
      item('a', 'quick', 6, 6, 3, 1, ['small_n']),
      item('b', 'quick', 3, 6, 3, 1, ['small_n']),
      item('c', 'quick', 3, 3, 0, 3, ['small_n']),
      item('d', 'quick', 0, 0, 0, null, ['no_business']),
      item('a', 'ever', 6, 6, null, 1, []),
      item('b', 'ever', 3, 6, null, 3, []),
      item('c', 'ever', 3, 3, null, 1, []),
      item('d', 'ever', 0, 0, null, null, ['no_business']),
    ]);
    expect(units).toEqual(['a', 'b', 'c', 'd'].map((unit) => ({ unit, rank: null, total_exact: null })));
    const row = (unit: string, id: string, kind: string, key: string, due: string | null) => ({
      unit,
      item: id,
      kind,
      key,
      due,
      points: null,
    });
    expect(lost).toEqual([
      row('b', 'ever', 'not_checked', 'B2', null),
      row('a', 'quick', 'checked_late', 'A2', '2025-04-10'),
      row('b', 'quick', 'not_checked', 'B2', '2025-04-10'),
      row('c', 'quick', 'checked_late', 'C1', '2025-04-10'),
    ]);
  });

  it('takes points from a kind that is a folder', async () => {
    const { items, units, lost } = await built(parseRuleSet(POINTS, 'points.yaml', catalogue));
    expect(items.map(({ unit, points_exact, rank }) => [unit, points_exact, rank])).toEqual([
      ['a', '100', null],
      ['b', '70', null],
      ['c', '100', null],
      ['d', '100', null],
    ]);
    expect(units.map(({ rank, total_exact }) => [rank, total_exact])).toEqual([
      [1, '100'],
      [4, '70'],
      [1, '100'],
      [1, '100'],
    ]);
    expect(lost).toEqual([{ unit: 'b', item: 'checked', kind: 'not_checked', key: 'B2', due: null, points: 30 }]);
  });

  it('takes the value of a parameter that is in force at the end of the quarter', async () => {
    const dated = RATES.replace(
      'quick.deadlineWorkdays: 2',
      'quick.deadlineWorkdays: [{ value: 2 }, { from: 2025-06-30, value: 3 }]',
    );
    const ruleSet = parseRuleSet(dated, 'rates.yaml', catalogue);
    expect(ruleSetOn(ruleSet, '2025-06-29').parameters['quick.deadlineWorkdays']).toBe(2);
    expect(ruleSetOn(ruleSet, '2025-06-30').parameters['quick.deadlineWorkdays']).toBe(3);
    const { items } = await built(ruleSet);
    expect(items.slice(0, 3).map(({ on_time }) => on_time)).toEqual([6, 3, 0]);
  });
});
