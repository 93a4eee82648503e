/** Each kind gives what its examples say, to the last fraction: the kind's own SQL over one part, on the real engine. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import Fraction from 'fraction.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseQuarter } from '../calendar/quarter.ts';
import { BUILTIN, KINDS_DIRECTORY } from '../ruleset/catalogue.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import type { ParameterValue } from '../ruleset/parameters.ts';
import { withParameters } from '../ruleset/rule-set.ts';
import type { RuleSetPart } from '../ruleset/schema.ts';
import { compileSql } from '../runner/compile-sql.ts';
import { loadModels } from '../runner/load-models.ts';
import type { Model } from '../runner/model.ts';
import { callPattern } from '../runner/parse-model.ts';
import { BUILD_SETTINGS } from '../runner/settings.ts';
import { quote, variablesOf } from '../runner/variables.ts';

interface Counts {
  due: number;
  done: number;
  on_time?: number;
}
interface Example {
  name: string;
  /** Absent: a rate. */
  points?: number;
  part?: Record<string, unknown>;
  parameters?: Record<string, ParameterValue>;
  counts?: Counts;
  deadline?: boolean;
  mark?: number;
  measures?: Record<string, Counts>;
  gives?: number | string;
  formula: string;
  badges?: string[];
  /** What a row of the ledger costs that was missed, or late; null: no points are lost. */
  lost?: { missed?: number | string | null; late?: number | string | null };
  rows?: { measure: string; kind: string; missed?: number | string; late?: number | string }[];
  absent?: { key: string; points: number | string }[];
}

const nantong = findRuleSet('nantong-etdz');
const graph = loadModels();

/** A model that is these rows. */
function stub(name: string, sql: string): Model {
  return {
    name,
    kind: 'ephemeral',
    grain: 'a row',
    owner: 'test',
    description: 'rows',
    columns: {},
    file: name,
    layer: '',
    sql,
    refs: [],
    sources: [],
    vars: [],
  };
}

function sqlOf(kindId: string, example: Example, select: string): string {
  const ruleSet = withParameters(nantong, example.parameters ?? {});
  const kind = BUILTIN.kinds.get(kindId)!;
  const part = { id: 'part', kind: kindId, clause: 'c', points: example.points, ...example.part } as RuleSetPart;
  const rules = { parameters: ruleSet.parameters, binding: (measure: string) => measure };
  const { due = 0, done = 0, on_time = done } = example.counts ?? {};
  const points6 = Math.round((example.points ?? 0) * 1e6);
  const takes = kind.takesMark?.(part) ?? '';
  const byMark = example.mark !== undefined && (takes === 'always' || (takes === 'at_zero' && done === 0));
  const row = `SELECT '2025Q2' AS quarter, 'u' AS unit, 'item' AS item, 'part' AS part, 1 AS ord, ${quote(kindId)} AS kind, 'measure' AS measure, 1 AS shown, 'c' AS clause,
    'missed' AS lost_missed, 'late' AS lost_late, 'none' AS lost_none, 'mark' AS lost_mark, ${quote(JSON.stringify(kind.options?.(part, rules) ?? {}))} AS options,
    ${Number(example.deadline ?? false)} AS has_deadline, toInt256(${points6}) AS points6, toInt64(${due}) AS due, toInt64(${done}) AS done, toInt64(${on_time}) AS on_time,
    ${example.mark === undefined ? "CAST(NULL, 'Nullable(Int256)')" : `toNullable(toInt256(${Math.round(example.mark * 1e6)}))`} AS mark6, '' AS mark_source, '' AS mark_id, toUInt8(${byMark}) AS by_mark,
    tuple(toInt256(${example.points ?? 0}), toInt256(1)) AS full_points, full_points.1 AS full_num, full_points.2 AS full_den, toString(full_num) AS full_text, toUInt8(0) AS fills`;
  const measures = Object.entries(example.measures ?? {}).map(
    ([name, counts]) =>
      `SELECT 'u' AS unit, ${quote(name)} AS measure, toInt64(${counts.due}) AS due, toInt64(${counts.done}) AS done, toInt64(${counts.on_time}) AS on_time`,
  );
  const nothing =
    "SELECT '' AS unit, '' AS measure, toInt64(0) AS due, toInt64(0) AS done, toInt64(0) AS on_time WHERE 0";
  const byName = new Map(graph.byName)
    .set('int_parts', stub('int_parts', row))
    .set('int_measures', stub('int_measures', measures.join(' UNION ALL ') || nothing))
    .set('int_part_scores', { ...graph.byName.get('int_part_scores')!, kind: 'ephemeral' });
  const scope = { quarter: parseQuarter('2025Q2')!, cutoff: null, asOf: null };
  return compileSql(stub('check', select), {
    graph: { ...graph, byName },
    database: 'd',
    eventDatabase: 'd',
    events: 'd.events',
    variables: variablesOf(ruleSet, scope),
    bindings: [],
    histories: new Map(),
    slices: 1,
    seed: () => '',
    visible: () => [],
  });
}

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary?.close());

describe.each([...BUILTIN.kinds.keys()])('the kind %s', (kind) => {
  const file = join(KINDS_DIRECTORY, kind, 'examples.yaml');
  const examples = existsSync(file) ? (parse(readFileSync(file, 'utf8')) as Example[]) : [];
  const ask = <T>(example: Example, select: string) =>
    temporary.warehouse.query<T>(sqlOf(kind, example, select), undefined, BUILD_SETTINGS);

  it('has examples and reads nothing but what every kind may', () => {
    expect(examples.length).toBeGreaterThan(1);
    const models = BUILTIN.kindModels.filter(({ file: path }) => path.startsWith(join('kinds', kind)));
    const read = new Set(models.flatMap(({ sql }) => [...sql.matchAll(callPattern('ref'))].map(([, name]) => name!)));
    const may = ['int_parts', 'int_part_losses', 'int_measures', ...models.map(({ name }) => name)];
    expect([...read].filter((name) => !may.includes(name))).toEqual([]);
  });

  it.each(examples.map((example) => [example.name, example] as const))('%s', async (_, example) => {
    const [score] = await ask<{ points: string; formula: string; badges: string[] }>(
      example,
      "SELECT fraction_text(tuple(num, den)) AS points, formula, badges FROM ref('int_part_scores')",
    );
    expect(score).toEqual({
      points: new Fraction(example.gives ?? 0).toFraction(),
      formula: example.formula,
      badges: example.badges ?? [],
    });
    const rows = await ask<Record<string, string | number | null>>(
      example,
      "SELECT measure, lost_missed, lost_late, counts_missed, counts_late, missed_points, late_points FROM ref('kind_losses') ORDER BY measure, lost_missed, counts_late",
    );
    const costs = rows.flatMap((row) => [
      ...(row.counts_missed ? [{ measure: row.measure, kind: row.lost_missed, missed: row.missed_points }] : []),
      ...(row.counts_late ? [{ measure: row.measure, kind: row.lost_late, late: row.late_points }] : []),
    ]);
    const points = (value: number | string | null) => (value === null ? null : new Fraction(value).valueOf());
    const { missed, late } = example.lost ?? {};
    const expected = [
      ...(missed === undefined ? [] : [{ measure: 'measure', kind: 'missed', missed: points(missed) }]),
      ...(late === undefined ? [] : [{ measure: 'measure', kind: 'late', late: points(late) }]),
      ...(example.rows ?? []).map((row) => ({
        ...row,
        ...(row.missed === undefined ? {} : { missed: points(row.missed) }),
        ...(row.late === undefined ? {} : { late: points(row.late) }),
      })),
    ];
    // What costs nothing because nothing is there to bear it need not be said.
    const told = costs.filter((cost) => expected.length > 0 || (cost as { missed?: number }).missed);
    expect(sorted(told)).toEqual(sorted(expected));
    const absent = await ask<{ key: string; points: number }>(
      example,
      "SELECT key, points FROM ref('kind_absences') ORDER BY key",
    );
    expect(absent).toEqual((example.absent ?? []).map((row) => ({ key: row.key, points: points(row.points) })));
  });
});

/** In one order, and rounded to where floats of equal fractions agree. */
function sorted(rows: readonly object[]): string[] {
  return rows
    .map((row) => JSON.stringify(row, (_, value) => (typeof value === 'number' ? Number(value.toFixed(12)) : value)))
    .sort();
}
