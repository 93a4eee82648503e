/** The year of each unit out of its published quarters, by the rule set's `year.agg`. */

import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import Fraction from 'fraction.js';
import { parseQuarter } from '../calendar/quarter.ts';
import { listQuarters } from '../queries/list-quarters.ts';
import { readScores } from '../queries/read-scores.ts';
import type { Project } from '../runner/project.ts';

export interface YearScore {
  unit: string;
  name: string;
  rank: number;
  total: number;
  /** Reduced fraction. */
  total_exact: string;
  quarters: { quarter: string; total: number }[];
}

export interface YearScores {
  year: number;
  aggregation: string;
  /** Published quarters that entered. */
  quarters: string[];
  units: YearScore[];
}

/** Mean of the published quarters, their mean weighted by workdays, or the last of them. Without any, and under a rule set of rates: no units. */
export async function scoreYear(
  warehouse: Warehouse,
  scope: Scope,
  project: Project,
  year: number,
): Promise<YearScores> {
  const aggregation = String(project.ruleSet.parameters['year.agg']);
  const published = (await listQuarters(warehouse, scope, project.ruleSet.id))
    .filter(({ quarter, status }) => quarter.startsWith(`${year}Q`) && status !== 'draft')
    .map(({ quarter }) => quarter)
    .sort();
  const used = aggregation === 'last' ? published.slice(-1) : published;
  const sums = new Map<string, { name: string; sum: Fraction; weight: Fraction; quarters: YearScore['quarters'] }>();
  for (const quarter of used) {
    const scores = await readScores(warehouse, scope, project.ruleSet.id, quarter);
    if (!scores.ok) continue;
    const { start, end } = parseQuarter(quarter)!;
    const weight = aggregation === 'weighted' ? project.calendar.workdaysBetween(start, end) : 1;
    for (const { unit, name, total, total_exact } of scores.value.units) {
      if (total === null || total_exact === undefined) continue;
      const known = sums.get(unit) ?? { name, sum: new Fraction(0), weight: new Fraction(0), quarters: [] };
      known.sum = known.sum.add(new Fraction(total_exact).mul(weight));
      known.weight = known.weight.add(weight);
      known.quarters.push({ quarter, total });
      sums.set(unit, known);
    }
  }
  const units = [...sums].map(([unit, { name, sum, weight, quarters }]) => ({
    unit,
    name,
    quarters,
    exact: sum.div(weight),
  }));
  units.sort((a, b) => b.exact.compare(a.exact));
  return {
    year,
    aggregation,
    quarters: used,
    units: units.map(({ unit, name, quarters, exact }) => ({
      unit,
      name,
      rank: 1 + units.filter((other) => other.exact.gt(exact)).length,
      total: exact.valueOf(),
      total_exact: exact.toFraction(),
      quarters,
    })),
  };
}
