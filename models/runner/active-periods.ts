/** Periods with work in them: what is scored without being asked for. */
import type { Warehouse } from '@hengjian/warehouse';
import { type PeriodType, periodOf } from '../calendar/period.ts';
import { type RuleSet, versionsOf } from '../ruleset/rule-set.ts';

const FIRST_DAY: Record<PeriodType, string> = {
  month: 'toStartOfMonth(time)',
  quarter: 'toStartOfQuarter(time)',
  year: 'toStartOfYear(time)',
};

/** Periods of the types that the rule set scores, with events of the types that its measures call work. */
export async function activePeriods(warehouse: Warehouse, events: string, ruleSet: RuleSet): Promise<string[]> {
  const { measures } = ruleSet.catalogue;
  const types = [
    ...new Set(
      versionsOf(ruleSet).flatMap(({ bindings }) =>
        bindings.flatMap(({ measure }) => measures.get(measure)!.work ?? []),
      ),
    ),
  ];
  const found: string[] = [];
  for (const period of ruleSet.periods) {
    const rows = await warehouse.query<{ day: string }>(
      `SELECT toString(${FIRST_DAY[period]}) AS day FROM ${events} WHERE type IN {types:Array(String)} GROUP BY day ORDER BY day`,
      { types },
    );
    found.push(...rows.map(({ day }) => periodOf(period, day)));
  }
  return found;
}
