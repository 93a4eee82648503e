import { DrawError } from '../draw-error.ts';
import type { Task } from './read-task.ts';

/**
 * A draw names a department that takes part in the task and may inspect (国办发〔2024〕54号).
 *
 * @param units with inspection power
 * @throws DrawError that names those that may
 */
export function holdPower(task: Task, department: string, units: readonly string[]): void {
  if (![task.lead, ...task.participants].includes(department))
    throw new DrawError(
      `${department} does not take part in task ${task.id} (lead ${task.lead}${task.participants.length > 0 ? `, with ${task.participants.join(', ')}` : ''}); name one that does by --department.`,
      { reason: 'no_participant', values: { department, task: task.id } },
    );
  if (!units.includes(department))
    throw new DrawError(
      `${department} has no inspection power by the rule set, and a draw must name a department that has (国办发〔2024〕54号); those that have: ${units.join(', ')}.`,
      { reason: 'no_power', values: { department } },
    );
}

/** Units of a rule set that inspect: those with a field of supervision, or the duty of random inspections. */
export function unitsWithPower<U extends { id: string; areas?: string[]; duties: (string | { duty: string })[] }>(
  units: readonly U[],
): U[] {
  return units.filter(
    ({ duties, areas = [] }) =>
      areas.length > 0 || duties.some((duty) => (typeof duty === 'string' ? duty : duty.duty) === 'double_random'),
  );
}
