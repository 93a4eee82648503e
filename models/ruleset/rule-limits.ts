import type { RegionalUnits, RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { addDays } from '../calendar/day.ts';
import { findRuleSet } from './load-rule-sets.ts';
import { versionsOf } from './rule-set.ts';
import { ruleSetIds } from './rule-set-ids.ts';
import type { RuleSetText } from './schema.ts';

/** Measures of records that the holder of a duty answers for, also where another unit entered them. */
const OF_HOLDERS = ['record_attachment', 'record_publication'];

/** Some rule sets count what a unit draws, whoever created the task or nobody. */
const ALONE: Record<string, string> = { drawn_inspection: 'draw.executed' };

/**
 * What the rule sets in use let the office award: the parts of an item that a mark can decide, with their points. Where
 * several rule sets have an item, the highest maximum counts: the check must refuse nothing that one of them knows. And
 * whose an event is, of each that goes by areas.
 * @throws RuleSetError where a rule set is missing or wrong
 */
export function ruleLimits({ dataDir, ruleset }: { dataDir?: string; ruleset?: string }): Required<RuleLimits> {
  const marks: Record<string, number> = {};
  const texts = ruleSetIds(ruleset ?? '').flatMap((id) => versionsOf(findRuleSet(id, dataDir)).map(({ data }) => data));
  for (const { id: item, parts } of texts.flatMap(({ items }) => items))
    for (const { lost, points } of parts) if (lost?.mark) marks[item] = Math.max(marks[item] ?? 0, points ?? 0);
  return {
    marks,
    regional: texts.flatMap(regionalUnits),
    publishers: [...new Set(texts.flatMap(publishersOf))].sort(),
    alone: [...new Set(texts.flatMap(countedAlone))],
  };
}

/** Where units come and go, once for each set of them that is in force together. */
function regionalUnits({ id: ruleset, units }: RuleSetText): RegionalUnits[] {
  if (units.every(({ regions = [] }) => regions.length === 0)) return [];
  const starts = units.flatMap(({ from, to }) => [...(from ? [from] : []), ...(to ? [addDays(to, 1)] : [])]);
  const sets = ['', ...starts].map((day) =>
    units
      .filter(({ from, to }) => (!from || (day !== '' && from <= day)) && (!to || to >= day))
      .map(({ id, regions = [] }) => ({ id, regions })),
  );
  return [...new Map(sets.map((set) => [JSON.stringify(set), { ruleset, units: set }])).values()];
}

/** Who has a duty of its own for these records; who enters some has the duty `entry`, and answers for its own alone. */
function publishersOf({ items, units }: RuleSetText): string[] {
  const wanted = items
    .filter(({ parts }) => parts.some(({ measure }) => OF_HOLDERS.includes(measure ?? '')))
    .flatMap(({ duty }) => duty.slice(0, 1))
    .filter((duty) => duty !== 'entry');
  const has = (one: RuleSetText['units'][number]['duties'][number]) =>
    wanted.includes(typeof one === 'string' ? one : one.duty);
  return units.filter(({ duties }) => duties.some(has)).map(({ id }) => id);
}

const countedAlone = ({ items }: RuleSetText): string[] =>
  items.flatMap(({ parts }) => parts.flatMap(({ measure }) => ALONE[measure ?? ''] ?? []));
