import { CalendarError } from './notice.ts';

/** What a calendar decides; null where a year without a holiday notice would: it is not known yet, and never guessed (scoring.md §3). */
export function nullWithoutNotice<T>(decide: () => T): T | null {
  try {
    return decide();
  } catch (error) {
    if (error instanceof CalendarError) return null;
    throw error;
  }
}
