/** The days of a deadline as they were counted, for people who want to count again. */
import { addDays, type Day, weekday } from './day.ts';

/** A day of a unit's calendar. */
export interface UnitDay {
  day: Day;
  /** For the unit: without the days of outages. */
  workday: boolean;
  outage: boolean;
}

/** `makeup`: a Saturday or Sunday worked in exchange (调休); `holiday`: a weekday off. */
export type DayMark = 'workday' | 'weekend' | 'holiday' | 'makeup' | 'outage';

export interface CountedDay {
  day: Day;
  mark: DayMark;
  /** The n-th day that counts after the start; null for what does not count. */
  n: number | null;
}

export interface DeadlineDays {
  /** Day that starts the clock and is not counted; null where none gives the deadline by the lengths of the rules. */
  start: Day | null;
  due: Day;
  /** What was counted, and how many; null without a start. */
  length: { of: 'workdays' | 'days'; n: number } | null;
  /** Whole weeks from Monday on. */
  days: CountedDay[];
}

export interface DeadlineLengths {
  /** In workdays. */
  workdays: readonly number[];
  /** In calendar days. */
  days: readonly number[];
}

/** Shown before a deadline whose start is not known, and at most after one that was missed. */
const BEFORE = 13;
const AFTER = 20;

/**
 * @param known days of the unit's calendar, around the deadline
 * @param starts days that may have started the clock, the likeliest first; the first that gives `due` by one of its lengths did
 * @param happened when it was done, if it was
 */
export function deadlineDays(
  known: readonly UnitDay[],
  starts: readonly Day[],
  lengths: (start: Day) => DeadlineLengths,
  due: Day,
  happened: Day | null,
): DeadlineDays {
  const workdays = new Set(known.filter(({ workday }) => workday).map(({ day }) => day));
  const found = starts
    .map((start) => ({ start, length: lengthOf(workdays, start, lengths(start), due) }))
    .find(({ length }) => length);
  const start = found?.start ?? null;
  const length = found?.length ?? null;
  const first = start ?? addDays(due, -BEFORE);
  const end = happened !== null && happened > due ? minimum(happened, addDays(due, AFTER)) : due;
  const from = addDays(first, -((weekday(first) + 6) % 7));
  const to = addDays(end, (7 - weekday(end)) % 7);
  let n = 0;
  const days = known
    .filter(({ day }) => day >= from && day <= to)
    .map((one): CountedDay => {
      const counts = start !== null && one.day > start && one.day <= due && (length?.of === 'days' || one.workday);
      return { day: one.day, mark: markOf(one), n: counts ? ++n : null };
    });
  return { start, due, length, days };
}

function lengthOf(
  workdays: ReadonlySet<Day>,
  start: Day,
  lengths: DeadlineLengths,
  due: Day,
): DeadlineDays['length'] | undefined {
  const calendar = lengths.days.find((n) => addDays(start, n) === due);
  if (calendar !== undefined) return { of: 'days', n: calendar };
  if (!workdays.has(due) || start >= due) return undefined;
  let counted = 0;
  for (let day = addDays(start, 1); day <= due; day = addDays(day, 1)) if (workdays.has(day)) counted += 1;
  return lengths.workdays.includes(counted) ? { of: 'workdays', n: counted } : undefined;
}

function markOf({ day, workday, outage }: UnitDay): DayMark {
  if (outage) return 'outage';
  const weekend = weekday(day) === 0 || weekday(day) === 6;
  if (workday) return weekend ? 'makeup' : 'workday';
  return weekend ? 'weekend' : 'holiday';
}

function minimum(one: Day, other: Day): Day {
  return one < other ? one : other;
}
