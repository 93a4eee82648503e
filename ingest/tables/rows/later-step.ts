import type { Day } from '../cells/day.ts';
import { type Refusal, type RowEvent, refused } from './row-event.ts';

/**
 * A step of what `start` began. One whose hour the table does not say is, on the day of the start, at its very time at the earliest;
 * where nobody wrote the hour of the start, only days are compared.
 * @returns a refusal where the step is before the start
 */
export function laterStep(step: RowEvent, at: Day, start: RowEvent, began: Day): RowEvent | { refused: Refusal } {
  if (at.day === began.day && at.time === undefined && step.time < start.time) return { ...step, time: start.time };
  return step.time < start.time && !(at.day === began.day && began.time === undefined)
    ? refused('days_reversed', `the step of ${at.day} is before its beginning, ${began.day}`)
    : step;
}
