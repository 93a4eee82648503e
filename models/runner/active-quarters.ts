/** Quarters with work in them: what is scored without being asked for. */
import type { Warehouse } from '@hengjian/warehouse';
import { quarterOf } from '../calendar/quarter.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';

/** Quarters with events of the types that the measures of the rule set call work. */
export async function activeQuarters(warehouse: Warehouse, events: string, ruleSet: RuleSet): Promise<string[]> {
  const { measures } = ruleSet.catalogue;
  const types = [...new Set(ruleSet.bindings.flatMap(({ measure }) => measures.get(measure)!.work ?? []))];
  const rows = await warehouse.query<{ day: string }>(
    `SELECT toString(toStartOfQuarter(time)) AS day FROM ${events} WHERE type IN {types:Array(String)} GROUP BY day ORDER BY day`,
    { types },
  );
  return rows.map(({ day }) => quarterOf(day));
}
