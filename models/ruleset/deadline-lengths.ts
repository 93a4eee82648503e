import type { Day } from '../calendar/day.ts';
import type { DeadlineLengths } from '../calendar/deadline-days.ts';
import { measuresOf } from './bindings.ts';
import { parameterOn } from './parameter-history.ts';
import type { RuleSet } from './rule-set.ts';

/** How long the deadlines of an item are that start on a day, by the parameters of the measures that it counts. @param ruleSet in force at the quarter's end */
export function deadlineLengths(ruleSet: RuleSet, item: string, start: Day): DeadlineLengths {
  const { data, catalogue } = ruleSet;
  const workdays = new Set<number>();
  const days = new Set<number>();
  const parts = data.items.find(({ id }) => id === item)?.parts ?? [];
  for (const measure of parts.flatMap((part) => measuresOf(catalogue, part)))
    for (const [name, { type }] of Object.entries(catalogue.measures.get(measure)?.parameters ?? {})) {
      const value = parameterOn(ruleSet, name.replace(/^ITEM\b/, item), start);
      if (typeof value !== 'number') continue;
      if (type === 'workdays') workdays.add(value);
      else if (type === 'number' && /days$/i.test(name)) days.add(value);
    }
  return { workdays: [...workdays], days: [...days] };
}
