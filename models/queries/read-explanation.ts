import type { Warehouse } from '@hengjian/warehouse';
import type { Answer } from './answer.ts';
import { type ItemScore, readScores, seesUnit } from './read-scores.ts';
import type { Scope } from './scope.ts';

export interface LostPoint {
  kind: string;
  key: string;
  subject: string | null;
  event: { source: string; id: string } | null;
  /** YYYY-MM-DD */
  due: string | null;
  happened: string | null;
  clause: string;
  points: number;
}

/** Contract §3, `explain --json`, with the figures of the item. */
export interface Explanation extends Omit<ItemScore, 'badges'> {
  quarter: string;
  unit: string;
  badges: string[];
  clause: string;
  formula: string;
  lost: LostPoint[];
}

/** What cost each point of an item; refused outside the scope's units. */
export async function readExplanation(
  warehouse: Warehouse,
  scope: Scope,
  quarter: string,
  unit: string,
  item: string,
): Promise<Answer<Explanation>> {
  if (!seesUnit(scope, unit)) {
    return {
      ok: false,
      reason: 'forbidden',
      detail: `This account may not see the details of ${JSON.stringify(unit)}.`,
    };
  }
  const scores = await readScores(warehouse, scope, quarter);
  if (!scores.ok) return scores;
  const found = scores.value.units.find((candidate) => candidate.unit === unit);
  if (!found)
    return { ok: false, reason: 'unknown_unit', detail: `There is no unit ${JSON.stringify(unit)} in ${quarter}.` };
  const score = found.items.find((candidate) => candidate.item === item);
  if (!score)
    return { ok: false, reason: 'unknown_item', detail: `The unit ${unit} has no item ${JSON.stringify(item)}.` };
  const key = { quarter, unit, item };
  const [texts, lost] = await Promise.all([
    warehouse.query<{ formula: string; clause: string }>(
      `SELECT formula, clause FROM mart_item_scores WHERE quarter = {quarter:String} AND unit = {unit:String} AND item = {item:String}`,
      key,
    ),
    warehouse.query<Omit<LostPoint, 'event'> & { event_source: string; event_id: string }>(
      `SELECT kind, key, subject, event_source, event_id, due, happened, clause, points FROM mart_lost_points
       WHERE quarter = {quarter:String} AND unit = {unit:String} AND item = {item:String} ORDER BY ord`,
      key,
    ),
  ]);
  return {
    ok: true,
    value: {
      quarter,
      unit,
      ...score,
      clause: texts[0]?.clause ?? '',
      formula: texts[0]?.formula ?? '',
      lost: lost.map(({ event_source, event_id, subject, ...row }) => ({
        ...row,
        subject: subject || null,
        event: event_id ? { source: event_source, id: event_id } : null,
      })),
    },
  };
}
