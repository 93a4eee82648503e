import type { Locale } from './locale.ts';

/** Names one after the other, parted as the language parts them. */
export const listText = (locale: Locale, names: readonly string[]): string => names.join(locale === 'en' ? ', ' : '、');
