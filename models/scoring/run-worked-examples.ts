/** Runs worked examples: each log alone, in a database of its own beside the office's data, compared as exact fractions. */

import { randomUUID } from 'node:crypto';
import type { Warehouse } from '@hengjian/warehouse';
import { quoteIdentifier } from '@hengjian/warehouse/quote-identifier.ts';
import { RESTATED_TABLE } from '@hengjian/warehouse/readable-events.ts';
import Fraction from 'fraction.js';
import { parseQuarter } from '../calendar/quarter.ts';
import type { WorkedExample } from '../ruleset/worked-examples.ts';
import type { Project } from '../runner/project.ts';
import { restateFacts } from '../runner/restate-facts.ts';
import { buildWhatIf } from '../runner/what-if.ts';
import { loadEvents } from '../testing/load-events.ts';

export interface Difference {
  unit: string;
  item: string;
  expected: string;
  /** Null where the rule set has no such unit, or the unit no such item. */
  found: string | null;
}
export interface ExampleResult {
  name: string;
  quarter: string;
  /** Figures that were compared. */
  compared: number;
  differences: readonly Difference[];
}

/** @throws CalendarError, BuildError */
export async function runWorkedExamples(
  warehouse: Warehouse,
  project: Project,
  examples: readonly WorkedExample[],
): Promise<ExampleResult[]> {
  const results: ExampleResult[] = [];
  for (const example of examples) results.push(await runExample(warehouse, project, example));
  return results;
}

async function runExample(warehouse: Warehouse, project: Project, example: WorkedExample): Promise<ExampleResult> {
  const { name, quarter, expect } = example;
  const log = await warehouse.scratch(`hengjian_example_${randomUUID().replaceAll('-', '').slice(0, 12)}`);
  try {
    for (const table of ['events', RESTATED_TABLE])
      await log.command(`CREATE TABLE ${table} AS ${quoteIdentifier(warehouse.database)}.${table}`);
    await loadEvents(log, example.events);
    await restateFacts(log, 'events');
    const built = await buildWhatIf(log, project, parseQuarter(quarter)!);
    const figures = await readFigures(built.warehouse, quarter).finally(() => built.drop());
    const compared = Object.entries(expect).flatMap(([unit, items]) =>
      Object.entries(items).map(([item, expected]) => ({
        unit,
        item,
        expected,
        found: figures.get(`${unit} ${item}`) ?? null,
      })),
    );
    const found = compared.map((one) => ({
      ...one,
      found: one.found?.text ?? null,
      isRate: one.found?.isRate === true,
    }));
    const differences = found
      .filter((one) => one.found === null || !isSame(one.expected, one.found, one.isRate))
      .map(({ unit, item, expected, found: text }): Difference => ({ unit, item, expected, found: text }));
    return { name, quarter, compared: compared.length, differences };
  } finally {
    await log.drop();
    await log.close();
  }
}

interface Figure {
  text: string;
  /** Counts, not points: 2/4 is not 1/2. */
  isRate: boolean;
}

/** `unit item` → `n/N`, `n/N (t)`, or exact points; `unit total`, `unit rank`. */
async function readFigures(warehouse: Warehouse, quarter: string): Promise<Map<string, Figure>> {
  const items = await warehouse.query<{
    unit: string;
    item: string;
    points: string | null;
    numerator: number | null;
    denominator: number | null;
    on_time: number | null;
  }>(
    'SELECT unit, item, points_exact AS points, numerator, denominator, on_time FROM mart_item_scores WHERE quarter = {quarter:String}',
    { quarter },
  );
  const units = await warehouse.query<{ unit: string; total: string | null; rank: number | null }>(
    'SELECT unit, total_exact AS total, rank FROM mart_unit_scores WHERE quarter = {quarter:String}',
    { quarter },
  );
  return new Map([
    ...items.map(({ unit, item, points, numerator, denominator, on_time }): [string, Figure] => {
      const rate = `${numerator}/${denominator}${on_time === null ? '' : ` (${on_time})`}`;
      return [`${unit} ${item}`, { text: points ?? rate, isRate: points === null }];
    }),
    ...units.flatMap(({ unit, total, rank }) =>
      rank === null || total === null
        ? []
        : ([
            [`${unit} total`, { text: total, isRate: false }],
            [`${unit} rank`, { text: String(rank), isRate: false }],
          ] satisfies [string, Figure][]),
    ),
  ]);
}

/** Rates as written, counts and all; points as fractions, so that 9.1 is 91/10. */
function isSame(expected: string, found: string, isRate: boolean): boolean {
  const plain = (text: string) => text.replaceAll(/\s+/g, '');
  if (plain(expected) === plain(found)) return true;
  if (isRate || !/^-?[\d./]+$/.test(plain(expected))) return false;
  try {
    return new Fraction(plain(expected)).equals(new Fraction(found));
  } catch {
    return false;
  }
}
