import type { Locale } from './locale.ts';
import { isMessageKey, translate } from './translate.ts';

/** Why a row cost points, in words (contract §3, `kind`); one of an office's own measure by whether it was missed or late. */
export function kindName(locale: Locale, kind: string): string {
  const key = `kind.${kind}`;
  return translate(locale, isMessageKey(key) ? key : kind.endsWith('_late') ? 'kind_own.late' : 'kind_own.missed');
}
