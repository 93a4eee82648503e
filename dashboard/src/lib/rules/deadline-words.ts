import type { DescribedItem } from '@hengjian/models/ruleset/describe-rule-set.ts';
import { formatDay } from '../i18n/format.ts';
import { listText } from '../i18n/list-text.ts';
import type { Locale } from '../i18n/locale.ts';
import { isMessageKey, translate } from '../i18n/translate.ts';

/** By when an item is due, one line each: how many days, the days themselves, or what sets them. */
export function deadlineWords(locale: Locale, { deadline }: Pick<DescribedItem, 'deadline'>): string[] {
  if (!deadline) return [translate(locale, 'rules.no_deadline')];
  switch (deadline.by) {
    case 'workdays':
      return [translate(locale, 'rules.workdays', { n: deadline.n })];
    case 'days':
      return [translate(locale, 'rules.days', { n: deadline.n })];
    case 'day': {
      const { day, later } = deadline;
      const lines = [formatDay(locale, day)];
      if (!later) return lines;
      const units = listText(locale, locale === 'en' ? later.units_en : later.units);
      return [...lines, translate(locale, 'rules.later_day', { day: formatDay(locale, later.day), units })];
    }
    case 'event': {
      const own = `rules.set_day.${deadline.measure}`;
      return [translate(locale, isMessageKey(own) ? own : 'rules.set_day')];
    }
  }
}
