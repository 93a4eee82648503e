import type { DescribedItem, DescribedLimit } from '@hengjian/models/ruleset/describe-rule-set.ts';
import { formatDay } from '../i18n/format.ts';
import { listText } from '../i18n/list-text.ts';
import type { Locale } from '../i18n/locale.ts';
import { isMessageKey, translate } from '../i18n/translate.ts';

/** By when an item is due, one line each: how many days for what begins when, the days themselves, or what sets them. */
export function deadlineWords(
  locale: Locale,
  { limits, deadline }: Pick<DescribedItem, 'limits' | 'deadline'>,
): string[] {
  if (!deadline)
    return limits.map((limit, n) => started(locale, limit, limits[n + 1]?.from ?? null, lengthWords(locale, limit)));
  if (deadline.by === 'event') {
    const own = `rules.set_day.${deadline.measure}`;
    return [translate(locale, isMessageKey(own) ? own : 'rules.set_day')];
  }
  const { day, later } = deadline;
  const first = formatDay(locale, day);
  if (!later) return [first];
  const units = listText(locale, locale === 'en' ? later.units_en : later.units);
  return [first, translate(locale, 'rules.later_day', { day: formatDay(locale, later.day), units })];
}

const lengthWords = (locale: Locale, { length }: DescribedLimit): string =>
  length ? translate(locale, `rules.${length.of}`, { n: length.n }) : translate(locale, 'rules.no_deadline');

/** Which limit holds for what begins when. @param before first day of the next one */
function started(locale: Locale, { from }: DescribedLimit, before: string | null, limit: string): string {
  const day = (text: string) => formatDay(locale, text);
  if (from && before)
    return translate(locale, 'rules.started.between', { from: day(from), before: day(before), limit });
  if (from) return translate(locale, 'rules.started.from', { from: day(from), limit });
  return before ? translate(locale, 'rules.started.before', { before: day(before), limit }) : limit;
}
