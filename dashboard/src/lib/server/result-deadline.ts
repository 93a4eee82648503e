import { nullWithoutNotice } from '@hengjian/models/calendar/null-without-notice.ts';
import { itemsCounting } from '@hengjian/models/ruleset/items-counting.ts';
import { parameterOn } from '@hengjian/models/ruleset/parameter-history.ts';

/** Within how many workdays of a visit its result is made public, as the rule set counts it; null where its document names no number. */
export function resultWorkdays({ parts, ruleset }: App.Locals, visitedOn: string): number | null {
  const rules = parts.standingRules(ruleset);
  const [item] = itemsCounting(rules, 'publication', 'inspection_publication');
  if (!item) return null;
  const counted = itemsCounting(rules, 'publication').length > 0 ? 'publication' : item.id;
  const limit = parameterOn(rules, `${counted}.deadlineWorkdays`, visitedOn);
  return typeof limit === 'number' ? limit : null;
}

/** @returns YYYY-MM-DD, '' where a year without a holiday notice decides it, null without a limit */
export function resultDeadline(locals: App.Locals, visitedOn: string): string | null {
  const workdays = resultWorkdays(locals, visitedOn);
  if (workdays === null) return null;
  const { calendar } = locals.parts.acts.project(locals.ruleset);
  return nullWithoutNotice(() => (workdays === 0 ? visitedOn : calendar.addWorkdays(visitedOn, workdays))) ?? '';
}
