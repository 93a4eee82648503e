import type { Locale } from './locale.ts';

/** What is said in brackets behind something, as each language sets them. */
export const bracketed = (locale: Locale, said: string, aside: string): string =>
  locale === 'en' ? `${said} (${aside})` : `${said}（${aside}）`;
