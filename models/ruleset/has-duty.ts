import type { RuleSetUnit } from './schema.ts';

/** Whether a unit has one of the duties, now or at another time; an item without duties every unit has. */
export function hasDuty({ duties, areas = [] }: RuleSetUnit, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const held = duties.map((duty) => (typeof duty === 'string' ? duty : duty.duty));
  return wanted.some((duty) => held.includes(duty) || (duty === 'double_random' && areas.length > 0));
}
