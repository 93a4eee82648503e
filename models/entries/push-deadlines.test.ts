import { expect, test } from 'vitest';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { unitCalendar } from '../calendar/unit-workdays.ts';
import { WorkCalendar } from '../calendar/work-calendar.ts';
import { pushDue } from './push-deadlines.ts';

const limits = {
  parameters: { 'claim.deadlineWorkdays': 5, 'feedback.deadlineWorkdays': 7, 'feedback.undecidedDays': 60 },
};
const push = (pushedOn: string, decidedOn: string | null = null) => ({ pushedOn, decidedOn });
const { notices } = loadCalendar();
/** As on the day before the notice of the year after the last one. */
const until2026 = unitCalendar(new WorkCalendar(notices.filter(({ year }) => year <= 2026)), [], 'scjg');

test('a limit that runs into a year without a notice has no day yet, which is not the same as no limit', () => {
  expect(pushDue(limits, until2026, 'claim', push('2026-12-04'))).toBe('2026-12-11');
  expect(pushDue(limits, until2026, 'claim', push('2026-12-28'))).toBeNull();
  expect(pushDue(limits, until2026, 'feedback', push('2026-12-04', '2026-12-28'))).toBeNull();
  expect(pushDue(limits, until2026, 'feedback', push('2026-12-04'))).toBe('2027-02-02');
  for (const step of ['claim', 'feedback'] as const)
    expect(pushDue({ parameters: {} }, until2026, step, push('2026-12-28'))).toBeUndefined();
});
