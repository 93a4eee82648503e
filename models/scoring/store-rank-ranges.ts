/** Keeps the range of ranks of each draft beside its scores: computed one quarter at a time, after a refresh has ended. */
import type { Warehouse } from '@hengjian/warehouse';
import Fraction from 'fraction.js';
import { parseQuarter } from '../calendar/quarter.ts';
import { localNow } from '../runner/local-now.ts';
import { keptRuleSets, type Project } from '../runner/project.ts';
import { type RangeResult, rankRange } from './rank-range.ts';

/** A draft whose scores have been built anew since its ranges were computed, or whose ranges never were. */
export interface StaleRange {
  ruleset: string;
  quarter: string;
  hash: string;
  build: number;
  /** Local wall time of the newest event that the build has seen. */
  asOf: string;
}

/** Those never computed first, the newest quarter first; then those that have waited longest. */
export async function staleRanges(warehouse: Warehouse, project: Project): Promise<StaleRange[]> {
  const scored = keptRuleSets(project).filter((ruleSet) => ruleSet.scored);
  const rows = await warehouse.query<StaleRange>(
    `SELECT b.ruleset AS ruleset, b.quarter AS quarter, b.hash AS hash, b.build AS build, toString(b.as_of) AS asOf
     FROM (
       SELECT ruleset, quarter, argMax(hash, builds.build) AS hash, argMax(as_of, builds.build) AS as_of, max(build) AS build
       FROM builds WHERE quarter != '' AND ruleset IN {scored:Array(String)} GROUP BY ruleset, quarter
     ) AS b
     LEFT JOIN (SELECT ruleset, quarter, max(build) AS build, max(computed_at) AS at FROM rank_ranges GROUP BY ruleset, quarter) AS r
       ON r.ruleset = b.ruleset AND r.quarter = b.quarter
     WHERE r.build < b.build AND (b.ruleset, b.quarter) NOT IN (SELECT ruleset, quarter FROM publications)
     ORDER BY r.at, b.quarter DESC SETTINGS join_use_nulls = 0`,
    { scored: scored.map(({ id }) => id) },
  );
  return rows.filter(
    ({ ruleset, quarter, hash }) =>
      parseQuarter(quarter) && scored.some((ruleSet) => ruleSet.id === ruleset && ruleSet.hash === hash),
  );
}

/**
 * Computes and stores the ranges of one draft, from the events that its build has seen.
 * @returns false, and stores nothing, where the scores have been built anew meanwhile, or where the rule set gives points in
 * a way that the readings do not reproduce: no range is better than a wrong one
 * @throws CalendarError, BuildError
 */
export async function storeRankRanges(warehouse: Warehouse, project: Project, stale: StaleRange): Promise<boolean> {
  const { ruleset, quarter, hash, build, asOf } = stale;
  const ruleSet = keptRuleSets(project).find(({ id }) => id === ruleset);
  if (!ruleSet) return false;
  const range = await rankRange(warehouse, { ...project, ruleSet }, parseQuarter(quarter)!, asOf);
  if (range.units.length === 0 || !(await agrees(warehouse, stale, range))) return false;
  const computedAt = localNow();
  await warehouse.insert(
    'rank_ranges',
    range.units.map(({ mover, ...unit }) => ({
      ruleset,
      quarter,
      hash,
      build,
      as_of: asOf,
      computed_at: computedAt,
      readings: range.readings,
      ...unit,
      mover: mover?.parameter ?? '',
      mover_value: mover ? String(mover.value) : '',
      mover_rank: mover?.rank ?? 0,
      mover_total: mover?.total ?? '',
    })),
  );
  return true;
}

/** Under the parameters of the rule set itself the totals must be those that are shown. */
async function agrees(warehouse: Warehouse, stale: StaleRange, { units }: RangeResult): Promise<boolean> {
  const shown = await warehouse.query<{ unit: string; total: string }>(
    `SELECT unit, total_exact AS total FROM mart_unit_scores
     WHERE ruleset = {ruleset:String} AND quarter = {quarter:String}
       AND (SELECT max(build) FROM builds WHERE ruleset = {ruleset:String} AND quarter = {quarter:String}) = {build:UInt64}`,
    { ruleset: stale.ruleset, quarter: stale.quarter, build: stale.build },
  );
  const totals = new Map(shown.map(({ unit, total }) => [unit, total]));
  return (
    shown.length === units.length &&
    units.every(({ unit, total }) => totals.has(unit) && new Fraction(totals.get(unit)!).equals(new Fraction(total)))
  );
}
