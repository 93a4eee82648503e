/** A day as a number, so that days can be compared and subtracted. */

const MS_A_DAY = 86_400_000;

/** Days since 1970-01-01, or undefined where the text is no calendar day (2014-09-02, 2014/9/2, 20140902, 2014年9月2日, with or without a time). */
export function parseDay(text: string): number | undefined {
  const match =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?$/.exec(text) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  const time = Date.UTC(year, month - 1, day);
  const back = new Date(time);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? time / MS_A_DAY : undefined;
}

/** YYYY-MM-DD of a day number. */
export function formatDay(day: number): string {
  return new Date(day * MS_A_DAY).toISOString().slice(0, 10);
}

/** YYYY-MM of a day number. */
export function monthOf(day: number): string {
  return formatDay(day).slice(0, 7);
}
