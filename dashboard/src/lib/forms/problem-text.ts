import type { Reason } from '@hengjian/contract/reasons.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';
import { rejectReasonName } from '#lib/stream/reject-reason-name.ts';

/** Why a value was refused, in words, with the value. */
export function problemText(locale: Locale, reason: Reason, value: string): string {
  const words = rejectReasonName(reason, locale);
  return value === '' ? words : translate(locale, 'forms.problem', { words, value: value.slice(0, 80) });
}
