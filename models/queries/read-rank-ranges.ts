import type { Scope } from '@hengjian/contract/scope.ts';
import { OPEN } from '../scoring/readings.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';

export interface RankRangeRow {
  unit: string;
  /** Ranks over all readings. */
  best: number;
  worst: number;
  /** Totals over all readings, as reduced fractions. */
  lowest: string;
  highest: string;
  /** Under the parameters of the rule set itself. */
  rank: number;
  total: string;
  /** The parameter that alone moves it most, with its other value, and rank and total then; empty where none moves it. */
  mover: string;
  mover_value: string;
  mover_rank: number;
  mover_total: string;
  /** How many readings there are, by how many choices of the rules. */
  readings: number;
  choices: number;
  /** Local wall time of the newest event that entered. */
  as_of: string;
}

/**
 * The range of each unit's rank over all admissible readings (scoring.md §7) of a draft, as computed last; none of units
 * outside the scope, none for who is limited to areas (these are figures of the whole city), none of what is published.
 */
export function rankRanges(scope: Scope, ruleset: string, quarter: string): Statement<RankRangeRow> {
  const visible = scopeCondition(scope, 'explanations', { unit: 'r.unit' });
  return {
    sql: `SELECT toString(r.unit) AS unit, best, worst, lowest, highest, r.rank AS rank, r.total AS total, mover, mover_value, mover_rank, mover_total,
        readings, {choices:UInt32} AS choices, toString(r.as_of) AS as_of
      FROM rank_ranges AS r
      WHERE r.ruleset = {ruleset:String} AND r.quarter = {quarter:String} AND ${visible.sql}
        AND r.computed_at = (SELECT max(computed_at) FROM rank_ranges WHERE ruleset = {ruleset:String} AND quarter = {quarter:String})
        AND (SELECT count() FROM publications WHERE ruleset = {ruleset:String} AND quarter = {quarter:String}) = 0
      ORDER BY rank, unit`,
    params: { ...visible.params, ruleset, quarter, choices: OPEN.length },
  };
}
