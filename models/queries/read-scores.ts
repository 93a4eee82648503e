import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Answer } from './answer.ts';
import { readAreaItems } from './area-figures.ts';
import type { ItemScore } from './item-score.ts';
import { listPeriods, type QuarterEntry } from './list-quarters.ts';

export type { ItemScore };

export interface UnitScore {
  unit: string;
  name: string;
  name_en: string;
  /** Null in a rule set of rates, like total. */
  rank: number | null;
  total: number | null;
  /** Reduced fraction; absent where there is no total. */
  total_exact?: string;
  items: ItemScore[];
}

export interface ScoreTable {
  id: string;
  name: string;
  name_en: string;
  clause: string;
  items: string[];
}

/** Contract §3 and rulesets.md §1, `score --json`. */
export interface Scores {
  quarter: string;
  ruleset: { id: string; version: string };
  status: QuarterEntry['status'];
  as_of: string;
  cutoff: string | null;
  /** Of an account that is limited to areas: the figures of items are what was lost in these. */
  areas?: string[];
  /** Groups of items that the rule set shows as tables of their own. */
  tables?: ScoreTable[];
  units: UnitScore[];
}

/** Units whose items the scope may see in full. A `unit` account without a list of units sees none. */
export function seesUnit(scope: Scope, unit: string): boolean {
  if (scope.units !== 'all') return scope.units.includes(unit);
  return may(scope, 'every_unit');
}

/** The scores of a quarter in rank order (rates: in the order of the rule set). Of units outside the scope only rank and total, and those only once published. */
export async function readScores(
  warehouse: Warehouse,
  scope: Scope,
  ruleset: string,
  quarter: string,
): Promise<Answer<Scores>> {
  const entry = (await listPeriods(warehouse, scope, ruleset)).find((candidate) => candidate.quarter === quarter);
  if (!entry)
    return { ok: false, reason: 'unknown_quarter', detail: `There are no scores for ${JSON.stringify(quarter)}.` };
  const scores = await assembleScores(warehouse, 'shown', entry);
  const ofAreas = scope.areas === 'all' ? undefined : await readAreaItems(warehouse, scope, ruleset, quarter);
  const itemsOf = ({ unit, items }: UnitScore): ItemScore[] => {
    if (!seesUnit(scope, unit)) return [];
    return ofAreas ? (ofAreas.get(unit) ?? []) : items;
  };
  const units = scores.units
    // Totals are of the whole city: who is limited to areas sees them once they are published.
    .filter(({ unit }) => entry.status !== 'draft' || (seesUnit(scope, unit) && !ofAreas))
    .map((unit) => ({ ...unit, items: itemsOf(unit) }));
  return { ok: true, value: { ...scores, units, ...(scope.areas === 'all' ? {} : { areas: scope.areas }) } };
}

/** All units of a quarter, from the shown scores or, in a what-if database, from the marts. */
export async function assembleScores(
  warehouse: Warehouse,
  source: 'shown' | 'mart',
  entry: QuarterEntry,
): Promise<Scores> {
  const { quarter } = entry;
  const key = { ruleset: entry.ruleset.id, quarter };
  const [units, items, tables] = await Promise.all([
    warehouse.query<Omit<UnitScore, 'items'> & { total_exact: string | null }>(
      `SELECT unit, unit_name AS name, unit_name_en AS name_en, rank, total, total_exact FROM ${source}_unit_scores
       WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} ORDER BY rank, ord`,
      key,
    ),
    warehouse.query<ItemRow>(
      `SELECT unit, item, weight, weight_exact, points, points_exact, numerator, denominator, on_time, rank, badges FROM ${source}_item_scores
       WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} ORDER BY ord`,
      key,
    ),
    warehouse.query<ScoreTable>(
      'SELECT id, name, name_en, clause, items FROM ruleset_tables WHERE seed = {hash:String} ORDER BY ord',
      { hash: entry.ruleset.hash },
    ),
  ]);
  const byUnit = Map.groupBy(items, (item) => item.unit);
  return {
    quarter,
    ruleset: { id: entry.ruleset.id, version: entry.ruleset.version },
    status: entry.status,
    as_of: entry.as_of,
    cutoff: entry.cutoff,
    ...(tables.length > 0 ? { tables } : {}),
    units: units.map(({ total_exact, ...unit }) => ({
      ...unit,
      ...(total_exact === null ? {} : { total_exact }),
      items: (byUnit.get(unit.unit) ?? []).map(itemScore),
    })),
  };
}

interface ItemRow extends Omit<ItemScore, 'weight_exact' | 'points_exact' | 'rank'> {
  unit: string;
  weight_exact: string | null;
  points_exact: string | null;
  rank: number | null;
}

/** A score has points or, in a rule set of rates, a rank. */
function itemScore({ unit: _, item, weight, weight_exact, points, points_exact, ...row }: ItemRow): ItemScore {
  const { rank, badges, ...figures } = row;
  return points_exact === null || weight_exact === null
    ? { item, weight, points, ...figures, rank, badges }
    : { item, weight, weight_exact, points, points_exact, ...figures, badges };
}
