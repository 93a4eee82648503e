import { nullWithoutNotice } from '@hengjian/models/calendar/null-without-notice.ts';
import { itemsCounting } from '@hengjian/models/ruleset/items-counting.ts';
import { parameterOn } from '@hengjian/models/ruleset/parameter-history.ts';

/** Within how many workdays of a visit its result is made public, as the rule set counts it; null where its document names no number. */
export function resultWorkdays({ parts, ruleset }: App.Locals): (visitedOn: string) => number | null {
  const rules = parts.standingRules(ruleset);
  const [item] = itemsCounting(rules, 'publication', 'inspection_publication');
  if (!item) return () => null;
  const counted = itemsCounting(rules, 'publication').length > 0 ? 'publication' : item.id;
  return (visitedOn) => {
    const limit = parameterOn(rules, `${counted}.deadlineWorkdays`, visitedOn);
    return typeof limit === 'number' ? limit : null;
  };
}

/** @returns of each visit: YYYY-MM-DD, '' where a year without a holiday notice decides it, null without a limit */
export function resultDeadlines(locals: App.Locals): (visitedOn: string) => string | null {
  const workdaysOf = resultWorkdays(locals);
  const { calendar } = locals.parts.acts.project(locals.ruleset);
  return (visitedOn) => {
    const workdays = workdaysOf(visitedOn);
    if (workdays === null) return null;
    return nullWithoutNotice(() => (workdays === 0 ? visitedOn : calendar.addWorkdays(visitedOn, workdays))) ?? '';
  };
}
