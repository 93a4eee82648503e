import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Answer } from './answer.ts';
import { lostRowsIn } from './area-figures.ts';
import { type ItemScore, readItemScores } from './read-scores.ts';

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

/** A row of `shown_lost_points`. */
export type LostRow = Omit<LostPoint, 'event'> & { event_source: string; event_id: string };

export function lostPoint({ event_source, event_id, subject, ...row }: LostRow): LostPoint {
  const event = event_id ? { source: event_source, id: event_id } : null;
  return { ...row, subject: subject || null, event };
}

/** Contract §3, `explain --json`, with the figures of the item. */
export interface Explanation extends Omit<ItemScore, 'badges'> {
  quarter: string;
  unit: string;
  badges: string[];
  /** Name of the item in the rule set. */
  name: string;
  name_en: string;
  /** The literal rule, quoted. */
  rule: string;
  clause: string;
  formula: string;
  /** Of an account that is limited to areas: the figures are what was lost in these. */
  areas?: string[];
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
  const items = await readItemScores(warehouse, scope, quarter, unit);
  if (!items.ok) return items;
  const score = items.value.find((candidate) => candidate.item === item);
  if (!score)
    return { ok: false, reason: 'unknown_item', detail: `The unit ${unit} has no item ${JSON.stringify(item)}.` };
  const key = { quarter, unit, item };
  const visible = lostRowsIn(scope);
  const [texts, lost] = await Promise.all([
    warehouse.query<{ formula: string; clause: string; name: string; name_en: string }>(
      `SELECT formula, clause, item_name AS name, item_name_en AS name_en FROM shown_item_scores WHERE quarter = {quarter:String} AND unit = {unit:String} AND item = {item:String}`,
      key,
    ),
    warehouse.query<LostRow>(
      `SELECT kind, key, subject, event_source, event_id, toString(l.due) AS due,
         concat(replaceOne(toString(l.happened), ' ', 'T'), '+08:00') AS happened, clause, points FROM shown_lost_points AS l
       WHERE quarter = {quarter:String} AND unit = {unit:String} AND item = {item:String} AND ${visible.sql} ORDER BY ord`,
      { ...visible.params, ...key },
    ),
  ]);
  return {
    ok: true,
    value: {
      quarter,
      unit,
      ...score,
      name: texts[0]?.name ?? item,
      name_en: texts[0]?.name_en ?? item,
      rule: /“.*”/s.exec(texts[0]?.clause ?? '')?.[0] ?? '',
      clause: texts[0]?.clause ?? '',
      formula: texts[0]?.formula ?? '',
      ...(scope.areas === 'all' ? {} : { areas: scope.areas }),
      lost: lost.map(lostPoint),
    },
  };
}
