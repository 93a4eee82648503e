import type { PeriodType } from '@hengjian/models/calendar/period.ts';
import type { Refused } from '../../../acts/act.ts';
import { formatDay, formatMoment, formatQuarter } from '../i18n/format.ts';
import type { Locale } from '../i18n/locale.ts';
import { type MessageParams, translate } from '../i18n/translate.ts';

/** Why something was not done, in the reader's words, with days and quarters as people write them. */
export function refusalText(locale: Locale, { reason, values }: Omit<Refused, 'ok'>): string {
  const words: MessageParams = {};
  for (const [name, value] of Object.entries(values)) words[name] = worded(locale, name, value);
  return translate(locale, `refusal.${reason}`, words);
}

function worded(locale: Locale, name: string, value: string | number): string | number {
  if (typeof value !== 'string') return value;
  if (name === 'quarter') return formatQuarter(locale, value);
  if (name === 'periods')
    return value
      .split(',')
      .map((type) => translate(locale, `refusal.period.${type as PeriodType}`))
      .join(locale === 'en' ? ', ' : '、');
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return formatDay(locale, value);
  if (name === 'at') return formatMoment(locale, value);
  return value;
}
