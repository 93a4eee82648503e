import { kindWord } from '@hengjian/models/ruleset/kind-word.ts';
import type { Locale } from './locale.ts';

/** Why a row cost points, as documents and commands say it too. */
export const kindName = (locale: Locale, kind: string): string => kindWord(kind, locale === 'en' ? 'en' : 'zh');
