import { expect, test } from 'vitest';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { unitCalendar } from '../calendar/unit-workdays.ts';
import { WorkCalendar } from '../calendar/work-calendar.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { pushDue } from './push-deadlines.ts';

const calendar = unitCalendar(loadCalendar(), [], null);
const pushedOn = '2025-04-07';

/** Of a push that nobody has claimed; claimed and not decided; claimed and decided on 2025-04-14. */
const dueUnder = (id: string) => {
  const ruleSet = findRuleSet(id);
  const due = (step: 'claim' | 'feedback', decidedOn: string | null) =>
    pushDue(ruleSet, calendar, step, { pushedOn, decidedOn });
  return [due('claim', null), due('feedback', null), due('feedback', '2025-04-14')];
};

// The documents name: 002 five and seven workdays, and sixty days; 003 five and seven; 000 seven; 001 and 004 nothing.
test.each([
  ['nantong-etdz', ['2025-04-14', '2025-06-06', '2025-04-23']],
  ['jieshou', ['2025-04-14', undefined, '2025-04-23']],
  ['nanjing', [undefined, undefined, '2025-04-23']],
  ['baoshan', [undefined, undefined, undefined]],
  ['national', ['2025-04-14', undefined, undefined]],
])('%s: a push is due when its document says so, and never else', (id, due) => {
  expect(dueUnder(id)).toEqual(due);
});

test('a limit that runs into a year without a notice has no day yet, which is not the same as no limit', () => {
  const { notices } = loadCalendar();
  /** As on the day before the notice of the year after the last one. */
  const until2026 = unitCalendar(new WorkCalendar(notices.filter(({ year }) => year <= 2026)), [], 'scjg');
  const due = (step: 'claim' | 'feedback', on: string, decidedOn: string | null = null) =>
    pushDue(findRuleSet('nantong-etdz'), until2026, step, { pushedOn: on, decidedOn });
  expect(due('claim', '2026-12-04')).toBe('2026-12-11');
  expect(due('claim', '2026-12-28')).toBeNull();
  expect(due('feedback', '2026-12-04', '2026-12-28')).toBeNull();
  expect(due('feedback', '2026-12-04')).toBe('2027-02-02');
});
