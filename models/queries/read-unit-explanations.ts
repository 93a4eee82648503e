import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Answer } from './answer.ts';
import { lostRowsIn } from './area-figures.ts';
import type { Explanation } from './read-explanation.ts';
import { type LostRow, lostPoint } from './read-explanation.ts';
import { readScores, type Scores, seesUnit } from './read-scores.ts';

export interface KindSum {
  kind: string;
  rows: number;
  points: number | null;
}

/** An item with only its costliest lost rows; `kinds` and `lostCount` speak of all of them. */
export interface ItemOverview extends Explanation {
  kinds: KindSum[];
  lostCount: number;
}

export interface UnitExplanations {
  scores: Scores;
  /** In the order of the rule set. */
  items: ItemOverview[];
}

/**
 * All items of a unit in a quarter, each with at most `rowsPerItem` of the rows that cost points, the costliest first:
 * one bounded answer for a whole page, where `readExplanation` gives every row of one item. Refused outside the scope.
 * @param scoresOf gives the scores of that quarter within that scope, where they are read already
 */
export async function readUnitExplanations(
  warehouse: Warehouse,
  scope: Scope,
  ruleset: string,
  quarter: string,
  unit: string,
  rowsPerItem: number,
  scoresOf = () => readScores(warehouse, scope, ruleset, quarter),
): Promise<Answer<UnitExplanations>> {
  if (!seesUnit(scope, unit))
    return {
      ok: false,
      reason: 'forbidden',
      detail: `This account may not see the details of ${JSON.stringify(unit)}.`,
    };
  const key = { ruleset, quarter, unit };
  const visible = lostRowsIn(scope);
  const [scores, texts, kinds, lost] = await Promise.all([
    scoresOf(),
    warehouse.query<{ item: string; formula: string; clause: string; name: string; name_en: string }>(
      `SELECT item, formula, clause, item_name AS name, item_name_en AS name_en FROM shown_item_scores
       WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND unit = {unit:String}`,
      key,
    ),
    warehouse.query<KindSum & { item: string }>(
      `SELECT item, kind, count() AS rows, sum(l.points) AS points FROM shown_lost_points AS l
       WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND unit = {unit:String} AND ${visible.sql}
       GROUP BY item, kind ORDER BY points DESC, kind`,
      { ...visible.params, ...key },
    ),
    warehouse.query<LostRow & { item: string }>(
      `SELECT item, kind, key, subject, event_source, event_id, toString(l.due) AS due,
         concat(replaceOne(toString(l.happened), ' ', 'T'), '+08:00') AS happened, clause, l.points AS points
       FROM shown_lost_points AS l WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND unit = {unit:String} AND ${visible.sql}
       ORDER BY l.points DESC, ord LIMIT {rows:UInt32} BY item`,
      { ...visible.params, ...key, rows: rowsPerItem },
    ),
  ]);
  if (!scores.ok) return scores;
  const found = scores.value.units.find((candidate) => candidate.unit === unit);
  if (!found)
    return scope.areas !== 'all' && scores.value.status === 'draft'
      ? { ok: false, reason: 'forbidden', detail: 'Whoever is limited to areas sees totals once they are published.' }
      : { ok: false, reason: 'unknown_unit', detail: `There is no unit ${JSON.stringify(unit)} in ${quarter}.` };
  const items = found.items.map((score): ItemOverview => {
    const { item } = score;
    const text = texts.find((candidate) => candidate.item === item);
    const sums = kinds.filter((sum) => sum.item === item).map(({ item: _, ...sum }) => sum);
    return {
      quarter,
      unit,
      ...score,
      name: text?.name ?? item,
      name_en: text?.name_en ?? item,
      rule: /“.*”/s.exec(text?.clause ?? '')?.[0] ?? '',
      clause: text?.clause ?? '',
      ...(scope.areas === 'all' ? {} : { areas: scope.areas }),
      formula: scope.areas === 'all' ? (text?.formula ?? '') : '',
      lost: lost.filter((row) => row.item === item).map(({ item: _, ...row }) => lostPoint(row)),
      kinds: sums,
      lostCount: sums.reduce((sum, { rows }) => sum + rows, 0),
    };
  });
  return { ok: true, value: { scores: scores.value, items } };
}
