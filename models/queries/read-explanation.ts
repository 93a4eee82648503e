import { EVERYTHING, type Scope } from '@hengjian/contract/scope.ts';
import type { Params, Warehouse } from '@hengjian/warehouse';
import { linesOf } from '@hengjian/warehouse/lines-of.ts';
import type { Answer } from './answer.ts';
import { lostRowsIn, readAreaItems } from './area-figures.ts';
import { type ItemScore, readScores, type Scores, seesUnit } from './read-scores.ts';

export interface LostPoint {
  kind: string;
  key: string;
  subject: string | null;
  event: { source: string; id: string } | null;
  /** YYYY-MM-DD */
  due: string | null;
  happened: string | null;
  clause: string;
  /** What it cost; null in a rule set of rates. */
  points: number | null;
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

/** As `readOpenExplanation`, with all its rows. */
export async function readExplanation(...asked: Parameters<typeof readOpenExplanation>): Promise<Answer<Explanation>> {
  return whole(await readOpenExplanation(...asked));
}

/**
 * What cost each point of an item, its rows not read yet; refused outside the scope's units.
 * @param scoresOf gives the scores of that quarter within that scope, where they are read already
 */
export async function readOpenExplanation(
  warehouse: Warehouse,
  scope: Scope,
  ruleset: string,
  quarter: string,
  unit: string,
  item: string,
  scoresOf = () => readScores(warehouse, scope, ruleset, quarter),
): Promise<Answer<OpenExplanation>> {
  if (!seesUnit(scope, unit)) {
    return {
      ok: false,
      reason: 'forbidden',
      detail: `This account may not see the details of ${JSON.stringify(unit)}.`,
    };
  }
  const scores = await scoresOf();
  if (!scores.ok || scope.areas === 'all')
    return scores.ok ? openExplanation(warehouse, 'shown', scores.value, unit, item) : scores;
  // Of a draft too: what was lost in one's own areas says nothing of the whole city.
  const items = (await readAreaItems(warehouse, scope, ruleset, quarter)).get(unit);
  const units = items ? [{ unit, name: unit, name_en: unit, rank: null, total: null, items }] : [];
  return openExplanation(warehouse, 'shown', { ...scores.value, units }, unit, item, scope);
}

async function whole(opened: Answer<OpenExplanation>): Promise<Answer<Explanation>> {
  if (!opened.ok) return opened;
  const lost: LostPoint[] = [];
  for await (const row of opened.value.rows()) lost.push(row);
  return { ok: true, value: { ...opened.value.head, lost } };
}

/** An explanation whose rows are read one by one: there may be a million. */
export interface OpenExplanation {
  head: Omit<Explanation, 'lost'>;
  /** What the unit is called. */
  called: { zh: string; en: string };
  /** In order; may be read again. */
  rows(): AsyncIterable<LostPoint>;
}

/** From the shown scores or, in a what-if database, from the marts. @param scores of the quarter */
export async function explainScore(
  warehouse: Warehouse,
  source: 'shown' | 'mart',
  scores: Scores,
  unit: string,
  item: string,
): Promise<Answer<Explanation>> {
  return whole(await openExplanation(warehouse, source, scores, unit, item));
}

/** As `explainScore`, its rows not read yet. @param scope whose areas narrow the rows */
export async function openExplanation(
  warehouse: Warehouse,
  source: 'shown' | 'mart',
  scores: Scores,
  unit: string,
  item: string,
  scope: Scope = EVERYTHING,
): Promise<Answer<OpenExplanation>> {
  const { quarter } = scores;
  const found = scores.units.find((candidate) => candidate.unit === unit);
  if (!found)
    return { ok: false, reason: 'unknown_unit', detail: `There is no unit ${JSON.stringify(unit)} in ${quarter}.` };
  const score = found.items.find((candidate) => candidate.item === item);
  if (!score)
    return { ok: false, reason: 'unknown_item', detail: `The unit ${unit} has no item ${JSON.stringify(item)}.` };
  const [text] = await warehouse.query<{ formula: string; clause: string; name: string; name_en: string }>(
    `SELECT formula, clause, item_name AS name, item_name_en AS name_en FROM ${source}_item_scores WHERE ${CHOSEN}`,
    { ruleset: scores.ruleset.id, quarter, unit, item },
  );
  const head = {
    quarter,
    unit,
    ...score,
    name: text?.name ?? item,
    name_en: text?.name_en ?? item,
    rule: /“.*”/s.exec(text?.clause ?? '')?.[0] ?? '',
    clause: text?.clause ?? '',
    // Its numbers are those of the whole city.
    formula: scope.areas === 'all' ? (text?.formula ?? '') : '',
    ...(scope.areas === 'all' ? {} : { areas: scope.areas }),
  };
  const { sql, params } = lostRows(source, scores, unit, item, scope);
  return {
    ok: true,
    value: {
      head,
      called: { zh: found.name, en: found.name_en || found.name },
      rows: () => lostPointsOf(warehouse, sql, params),
    },
  };
}

const CHOSEN =
  'ruleset = {ruleset:String} AND quarter = {quarter:String} AND unit = {unit:String} AND item = {item:String}';

function lostRows(source: 'shown' | 'mart', { ruleset, quarter }: Scores, unit: string, item: string, scope: Scope) {
  const visible = lostRowsIn(scope);
  return {
    sql: `SELECT kind, key, subject, event_source, event_id, toString(l.due) AS due,
         concat(replaceOne(toString(l.happened), ' ', 'T'), '+08:00') AS happened, clause, points FROM ${source}_lost_points AS l
       WHERE ${CHOSEN} AND ${visible.sql} ORDER BY ord`,
    params: { ...visible.params, ruleset: ruleset.id, quarter, unit, item },
  };
}

async function* lostPointsOf(warehouse: Warehouse, sql: string, params: Params): AsyncGenerator<LostPoint> {
  for await (const line of linesOf(await warehouse.stream(`${sql}\nFORMAT JSONEachRow`, params)))
    yield lostPoint(JSON.parse(line) as LostRow);
}
