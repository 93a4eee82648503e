/** One year's holiday notice as data, and its check. */
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { isDay } from './day.ts';

const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

export const HolidayNoticeSchema = Type.Object(
  {
    year: Type.Integer({ minimum: 2000, maximum: 2199 }),
    /** Number or title of the State Council document. */
    document: Type.String({ minLength: 1 }),
    /** Days off, first and last day of each holiday, both included. */
    days_off: Type.Array(Type.Tuple([DayText, DayText])),
    /** Saturdays and Sundays worked in exchange (调休). */
    workdays: Type.Array(DayText),
  },
  { additionalProperties: false },
);
export type HolidayNotice = Static<typeof HolidayNoticeSchema>;

/** An expected failure around calendars; `year` is the year without a notice, where one is meant. */
export class CalendarError extends Error {
  readonly year: number | undefined;
  constructor(message: string, year?: number) {
    super(message);
    this.year = year;
  }
}

/** @throws CalendarError naming `file` and what is wrong in it. */
export function parseNotice(text: string, file: string): HolidayNotice {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new CalendarError(`${file} is not YAML: ${(error as Error).message}`);
  }
  const wrong = [...Value.Errors(HolidayNoticeSchema, data)][0];
  if (wrong) throw new CalendarError(`${file}: ${wrong.instancePath || 'the file'} ${wrong.message}`);
  const notice = data as HolidayNotice;
  for (const day of [...notice.days_off.flat(), ...notice.workdays]) {
    if (!isDay(day)) throw new CalendarError(`${file}: ${day} is not a day`);
    if (Number(day.slice(0, 4)) !== notice.year)
      throw new CalendarError(`${file}: ${day} does not lie in ${notice.year}`);
  }
  for (const [from, to] of notice.days_off)
    if (from > to) throw new CalendarError(`${file}: days off from ${from} to ${to} run backwards`);
  return notice;
}
