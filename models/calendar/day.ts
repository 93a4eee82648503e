/** Calendar days as `YYYY-MM-DD` texts and as day numbers (days since 1970-01-01). No time zone enters here. */
export type Day = string;

const MS_PER_DAY = 86_400_000;

/** Day number of a day. @throws on a text that is not a real day. */
export function dayNumber(day: Day): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) throw new Error(`"${day}" is not a day`);
  return ms / MS_PER_DAY;
}

export function dayOf(number: number): Day {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
}

export function isDay(text: string): boolean {
  try {
    dayNumber(text);
    return true;
  } catch {
    return false;
  }
}

export function addDays(day: Day, n: number): Day {
  return dayOf(dayNumber(day) + n);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: Day): number {
  return (dayNumber(day) + 4) % 7;
}
