import { BESIDES, NOT_THERE_YET } from '@hengjian/contract/reasons.ts';
import { bracketed } from '#lib/i18n/bracketed.ts';
import type { Locale } from '../i18n/locale.ts';
import { rejectReasonName } from '../stream/reject-reason-name.ts';

/** The words for keys do not fit a person who sends a table. */
const OF_ACCOUNTS: Record<string, readonly [string, string]> = {
  unit_not_allowed: ['不是本账号的单位', 'not of a unit of this account'],
  source_not_allowed: ['不是本账号的来源', 'not of a source of this account'],
  not_granted: [
    '须由联席办、登记机关或其他单位办理，本账号不能代为导入',
    'an act of the office, the registry or another unit',
  ],
};

/** What it speaks of may still come: of another unit it is only then, or never. */
const AHEAD = [
  '所涉推送、任务、异议或预警尚未入库；入库后再导入本表即可',
  'the push, task, objection or alert that it speaks of is not there yet; import the table again once it is',
] as const;

/** Why a row became nothing, in words; in Chinese with what the detail quotes: a column, a name. */
export function faultText(reason: string, detail: string, locale: Locale): string {
  const besides = detail.lastIndexOf(BESIDES);
  if (locale !== 'en' && besides >= 0)
    return [
      faultText(reason, detail.slice(0, besides), locale),
      faultText('number_damaged', detail.slice(besides + BESIDES.length), locale),
    ].join('；');
  const own = reason === 'not_granted' && detail.includes(NOT_THERE_YET) ? AHEAD : OF_ACCOUNTS[reason];
  if (own) return own[locale === 'en' ? 1 : 0];
  if (locale === 'en') return detail === '' ? rejectReasonName(reason, locale) : detail;
  const quoted = [...detail.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text).filter((text) => text !== '');
  const said = rejectReasonName(reason, locale);
  return quoted.length > 0 ? bracketed(locale, said, quoted.slice(0, 2).join('、')) : said;
}
