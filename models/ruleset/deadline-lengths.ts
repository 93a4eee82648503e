import type { DeadlineLengths } from '../calendar/deadline-days.ts';
import { measuresOf } from './bindings.ts';
import type { RuleSet } from './rule-set.ts';

/** How long the deadlines of an item are, by the parameters of the measures that it counts. @param ruleSet with those in force then */
export function deadlineLengths({ data, catalogue, parameters }: RuleSet, item: string): DeadlineLengths {
  const workdays = new Set<number>();
  const days = new Set<number>();
  const parts = data.items.find(({ id }) => id === item)?.parts ?? [];
  for (const measure of parts.flatMap((part) => measuresOf(catalogue, part)))
    for (const [name, { type }] of Object.entries(catalogue.measures.get(measure)?.parameters ?? {})) {
      const value = parameters[name.replace(/^ITEM\b/, item)];
      if (typeof value !== 'number') continue;
      if (type === 'workdays') workdays.add(value);
      else if (type === 'number' && name.endsWith('Days')) days.add(value);
    }
  return { workdays: [...workdays], days: [...days] };
}
