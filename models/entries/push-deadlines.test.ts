import { expect, test } from 'vitest';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { unitCalendar } from '../calendar/unit-workdays.ts';
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
  ['jieshou', ['2025-04-14', null, '2025-04-23']],
  ['nanjing', [null, null, '2025-04-23']],
  ['baoshan', [null, null, null]],
  ['national', ['2025-04-14', null, null]],
])('%s: a push is due when its document says so, and never else', (id, due) => {
  expect(dueUnder(id)).toEqual(due);
});
