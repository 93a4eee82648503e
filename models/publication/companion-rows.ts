/**
 * What stands beside the scores of a publication (names, formulas, badges, lost rows): the record pins the scores only.
 * Columns are those of the marts, so that pages show a published quarter as they show a draft.
 */

import type { Warehouse } from '@hengjian/warehouse';
import { quoteIdentifier } from '@hengjian/warehouse/quote-identifier.ts';
import Fraction from 'fraction.js';
import { parsePublishedRuleSet } from '../ruleset/rule-set.ts';
import type { Publication } from './read-chain.ts';

/** [table of publications, mart, earlier table] */
const COPIES = [
  ['published_item_scores', 'mart_item_scores', 'earlier_item_scores'],
  ['published_unit_scores', 'mart_unit_scores', 'earlier_unit_scores'],
  ['published_lost_points', 'mart_lost_points', 'earlier_lost_points'],
  // Publications from before kept no figures of pages.
  ['published_funnel', 'serving_funnel', null],
  ['published_unit_days', 'serving_unit_days', null],
  ['published_area_months', 'serving_area_months', null],
  ['published_place_rows', 'serving_place_rows', null],
  ['published_loop', 'serving_loop', null],
  ['published_backfill', 'serving_backfill', null],
] as const;

/** @param from a database whose marts were built as of the publication */
export async function copyFromBuild(
  warehouse: Warehouse,
  publication: string,
  quarter: string,
  from: Pick<Warehouse, 'database'>,
): Promise<void> {
  for (const [table, mart] of COPIES) {
    const columns = await sharedColumns(warehouse, table, from.database, mart);
    await warehouse.command(
      `INSERT INTO ${table} (publication, ${columns}) SELECT {publication:UUID}, ${columns} FROM ${quoteIdentifier(from.database)}.${mart} WHERE quarter = {quarter:String}`,
      { publication, quarter },
    );
  }
}

/** @param earlier the publication among those made before publications were events */
export async function copyFromEarlier(warehouse: Warehouse, publication: string, earlier: string): Promise<void> {
  for (const [table, , old] of COPIES) {
    if (old === null) continue;
    const columns = await sharedColumns(warehouse, table, warehouse.database, old);
    await warehouse.command(
      `INSERT INTO ${table} (publication, ${columns}) SELECT {publication:UUID}, ${columns} FROM ${old} WHERE publication = {earlier:UUID}`,
      { publication, earlier },
    );
  }
}

/** The scores alone, with the names of the rule set text: nothing else is known where the log does not give them again. */
export async function writeFromSnapshot(
  warehouse: Warehouse,
  publication: string,
  { snapshot, rulesetText }: Publication,
): Promise<void> {
  const { data } = parsePublishedRuleSet(rulesetText, `rule set of ${snapshot.quarter} as published`);
  const key = { publication, quarter: snapshot.quarter, ruleset: snapshot.ruleset.id };
  const units = new Map(data.units.map((unit, ord) => [unit.id, { ...unit, ord }]));
  const items = new Map(data.items.map((item, ord) => [item.id, { ...item, ord }]));
  await warehouse.insert(
    'published_unit_scores',
    snapshot.units.map(({ unit, rank, total }) => ({
      ...key,
      unit,
      unit_name: units.get(unit)?.name ?? unit,
      unit_name_en: units.get(unit)?.en ?? units.get(unit)?.name ?? unit,
      ord: units.get(unit)?.ord ?? units.size,
      rank,
      total: floatOf(total),
      total_exact: total,
    })),
  );
  await warehouse.insert(
    'published_item_scores',
    snapshot.units.flatMap(({ unit, items: scores }) =>
      scores.map(({ item, weight, points, ...figures }) => ({
        ...key,
        ...figures,
        unit,
        item,
        ord: items.get(item)?.ord ?? items.size,
        weight: floatOf(weight),
        weight_exact: weight,
        points: floatOf(points),
        points_exact: points,
        badges: [],
        formula: '',
        clause: items.get(item)?.clause ?? '',
        item_name: items.get(item)?.name.zh ?? item,
        item_name_en: items.get(item)?.name.en ?? item,
      })),
    ),
  );
}

function floatOf(exact: string | null): number | null {
  return exact === null ? null : new Fraction(exact).valueOf();
}

async function sharedColumns(warehouse: Warehouse, table: string, database: string, other: string): Promise<string> {
  const rows = await warehouse.query<{ name: string }>(
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String}
       AND name NOT IN ('publication', 'build') AND name IN (SELECT name FROM system.columns WHERE database = {database:String} AND table = {other:String})
     ORDER BY position`,
    { table, database, other },
  );
  return rows.map(({ name }) => name).join(', ');
}
