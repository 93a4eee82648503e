import { nullWithoutNotice } from '@hengjian/models/calendar/null-without-notice.ts';

/** Results are entered and made public within 20 workdays of the visit (domain.md §1: 002 二(三)). */
const RESULT_WORKDAYS = 20;

/** @returns YYYY-MM-DD, or '' where a year without a holiday notice decides it */
export function resultDeadline({ parts, ruleset }: App.Locals, visitedOn: string): string {
  const { calendar } = parts.acts.project(ruleset);
  return nullWithoutNotice(() => calendar.addWorkdays(visitedOn, RESULT_WORKDAYS)) ?? '';
}
