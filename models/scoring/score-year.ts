/** The year of each unit out of its quarters, by the rule set's `year.agg`: of the published ones, or also of drafts, which is said. */

import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import Fraction from 'fraction.js';
import { quartersOf } from '../calendar/period.ts';
import { parseQuarter } from '../calendar/quarter.ts';
import { listQuarters } from '../queries/list-quarters.ts';
import { readScores } from '../queries/read-scores.ts';
import type { Project } from '../runner/project.ts';

export interface YearScore {
  unit: string;
  name: string;
  name_en: string;
  rank: number;
  total: number;
  /** Reduced fraction. */
  total_exact: string;
  quarters: { quarter: string; total: number }[];
}

export interface YearScores {
  year: number;
  aggregation: string;
  ruleset: { id: string; version: string };
  /** Quarters that entered. */
  quarters: string[];
  /** Those of them that are not published: their scores may change. */
  drafts: string[];
  units: YearScore[];
}

/**
 * Mean of the quarters, their mean weighted by workdays, or the last of them. Without any, and under a rule set of rates: no units.
 * @param drafts whether quarters count that are not published; never for a scope that does not see every unit of a draft: it would be
 *   ranked among those that it sees
 */
export async function scoreYear(
  warehouse: Warehouse,
  scope: Scope,
  project: Project,
  year: number,
  { drafts = 'where_none_published' }: { drafts?: 'always' | 'where_none_published' | 'never' } = {},
): Promise<YearScores> {
  const aggregation = String(project.ruleSet.parameters['year.agg']);
  const ofYear = quartersOf(year);
  const there = (await listQuarters(warehouse, scope, project.ruleSet.id))
    .filter(({ quarter }) => ofYear.includes(quarter))
    .reverse();
  const published = there.filter(({ status }) => status !== 'draft');
  const counting = seesDrafts(scope) ? drafts : 'never';
  const withDrafts = counting === 'always' || (counting === 'where_none_published' && published.length === 0);
  const candidates = withDrafts ? there : published;
  const entered = aggregation === 'last' ? candidates.slice(-1) : candidates;
  const used = entered.map(({ quarter }) => quarter);
  const sums = new Map<
    string,
    { name: string; name_en: string; sum: Fraction; weight: Fraction; quarters: YearScore['quarters'] }
  >();
  for (const quarter of used) {
    const scores = await readScores(warehouse, scope, project.ruleSet.id, quarter);
    if (!scores.ok) continue;
    const { start, end } = parseQuarter(quarter)!;
    const weight = aggregation === 'weighted' ? project.calendar.workdaysBetween(start, end) : 1;
    for (const { unit, name, name_en, total, total_exact } of scores.value.units) {
      if (total === null || total_exact === undefined) continue;
      const known = sums.get(unit) ?? { name, name_en, sum: new Fraction(0), weight: new Fraction(0), quarters: [] };
      known.sum = known.sum.add(new Fraction(total_exact).mul(weight));
      known.weight = known.weight.add(weight);
      known.quarters.push({ quarter, total });
      sums.set(unit, known);
    }
  }
  const units = [...sums].map(([unit, { name, name_en, sum, weight, quarters }]) => ({
    unit,
    name,
    name_en,
    quarters,
    exact: sum.div(weight),
  }));
  units.sort((a, b) => b.exact.compare(a.exact));
  return {
    year,
    aggregation,
    ruleset: { id: project.ruleSet.id, version: project.ruleSet.version },
    quarters: used,
    drafts: entered.filter(({ status }) => status === 'draft').map(({ quarter }) => quarter),
    units: units.map(({ unit, name, name_en, quarters, exact }) => ({
      unit,
      name,
      name_en,
      rank: 1 + units.filter((other) => other.exact.gt(exact)).length,
      total: exact.valueOf(),
      total_exact: exact.toFraction(),
      quarters,
    })),
  };
}

/** As `readScores` has it: of a draft a unit sees itself, and who is limited to areas nobody's total. */
function seesDrafts(scope: Scope): boolean {
  return scope.units === 'all' && scope.areas === 'all' && may(scope, 'every_unit');
}
