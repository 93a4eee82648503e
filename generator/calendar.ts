/**
 * Days as integers (days since 1970-01-01 on the wall clock of Asia/Shanghai) and the workdays of the State Council
 * notices 国办发明电〔2023〕7号, 国办发明电〔2024〕12号 and of 2025-11-04.
 */
export const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000; // UTC+8 all year since 1991

interface Notice {
  off: readonly (readonly [string, string])[];
  work: readonly string[];
}

const NOTICES: Readonly<Record<number, Notice>> = {
  2024: {
    off: [
      ['01-01', '01-01'],
      ['02-10', '02-17'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-10', '06-10'],
      ['09-15', '09-17'],
      ['10-01', '10-07'],
    ],
    work: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  2025: {
    off: [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    work: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  2026: {
    off: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    work: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

export const FIRST_NOTICE_YEAR = 2024;
export const LAST_NOTICE_YEAR = 2026;

/** `YYYY-MM-DD` → day number. */
export function dayOf(text: string): number {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(time)) throw new RangeError(`not a day (YYYY-MM-DD): ${text}`);
  return time / DAY_MS;
}

const texts = new Map<number, string>();

/** Day number → `YYYY-MM-DD`. */
export function dayText(day: number): string {
  let text = texts.get(day);
  if (text === undefined) {
    text = new Date(day * DAY_MS).toISOString().slice(0, 10);
    texts.set(day, text);
  }
  return text;
}

export const yearOf = (day: number): number => Number(dayText(day).slice(0, 4));

/** The local day and the milliseconds since its midnight of an instant. */
export function localMoment(instant: Date): { day: number; clock: number } {
  const local = instant.getTime() + SHANGHAI_MS;
  const day = Math.floor(local / DAY_MS);
  return { day, clock: local - day * DAY_MS };
}

const exceptions = new Map<number, boolean>();
for (const [year, notice] of Object.entries(NOTICES)) {
  for (const [from, to] of notice.off)
    for (let day = dayOf(`${year}-${from}`); day <= dayOf(`${year}-${to}`); day++) exceptions.set(day, false);
  for (const day of notice.work) exceptions.set(dayOf(`${year}-${day}`), true);
}

export function isWeekday(day: number): boolean {
  const weekday = (day + 4) % 7; // 1970-01-01 was a Thursday
  return weekday !== 0 && weekday !== 6;
}

/** Whether the notices make it a working day. Throws for a year whose notice is not known: never a guess. */
export function isWorkday(day: number): boolean {
  const exception = exceptions.get(day);
  if (exception !== undefined) return exception;
  const year = yearOf(day);
  if (!(year in NOTICES)) throw new RangeError(`no holiday notice for ${year}`);
  return isWeekday(day);
}
