import type { Locale } from './locale.ts';
import { isMessageKey, translate } from './translate.ts';

/** Why a row cost points, in words (contract §3, `kind`). */
export function kindName(locale: Locale, kind: string): string {
  const key = `kind.${kind}`;
  return isMessageKey(key) ? translate(locale, key) : kind;
}
