/**
 * The days for objecting and answering (publication.md §5), counted as every deadline is: the start day is not counted,
 * days of an outage that covers the unit are no workdays for it.
 */
import type { Day } from '../calendar/day.ts';
import { addWorkdays, type Outage, unitCalendar } from '../calendar/unit-workdays.ts';
import type { WorkCalendar } from '../calendar/work-calendar.ts';
import type { Project } from '../runner/project.ts';

export type { Outage };

/** The n-th workday after `day` on the calendar of a unit; without a unit on the office's, which is the plain one. */
export function addUnitWorkdays(
  calendar: WorkCalendar,
  outages: readonly Outage[],
  unit: string | null,
  day: Day,
  n: number,
): Day {
  return addWorkdays(unitCalendar(calendar, outages, unit), day, n);
}

/** Last day on which a unit may object to a draft shown on `shownOn`. */
export function fileUntil(
  { calendar, ruleSet }: Pick<Project, 'calendar' | 'ruleSet'>,
  outages: readonly Outage[],
  unit: string | null,
  shownOn: Day,
): Day {
  return addUnitWorkdays(calendar, outages, unit, shownOn, Number(ruleSet.parameters['objection.fileWorkdays']));
}

/** Last day on which the office answers in time. */
export function answerUntil({ calendar, ruleSet }: Pick<Project, 'calendar' | 'ruleSet'>, filedOn: Day): Day {
  return addUnitWorkdays(calendar, [], null, filedOn, Number(ruleSet.parameters['objection.answerWorkdays']));
}
