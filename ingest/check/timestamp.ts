/**
 * RFC 3339 date-time with offset → µs since 1970 UTC and the offset in minutes. Finer fractions are floored. A leap
 * second (23:59:60 UTC) counts as the last µs of its minute, so that it stays on its day.
 */

import { NO_DAY } from '@hengjian/contract/facts/fact-columns.ts';
import { daysInMonth } from '@hengjian/contract/schema/calendar-day.ts';

export type TimestampProblem = 'time_form' | 'time_without_offset';

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Days since 1970-01-01 of a day of the Gregorian calendar (years 0–9999). */
function dayNumber(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDay = month > 2 && daysInMonth(year, 2) === 29 ? 1 : 0;
  const untilYear = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return untilYear - 719162 + DAYS_BEFORE_MONTH[month - 1]! + leapDay + day - 1;
}

const two = (bytes: Uint8Array, at: number): number => {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
};

/** Whether the ten bytes from `start` are a real day YYYY-MM-DD of the years 1900–2199. */
export function isDayAt(bytes: Uint8Array, start: number): boolean {
  const century = two(bytes, start);
  const yearOfCentury = two(bytes, start + 2);
  const month = two(bytes, start + 5);
  const day = two(bytes, start + 8);
  return (
    century >= 19 &&
    century <= 21 &&
    yearOfCentury >= 0 &&
    month >= 1 &&
    month <= 12 &&
    bytes[start + 4] === 45 &&
    bytes[start + 7] === 45 &&
    day >= 1 &&
    day <= daysInMonth(century * 100 + yearOfCentury, month)
  );
}

/** Days since 1970-01-01 of the day that isDayAt has found at `start`. */
export const dayNumberAt = (bytes: Uint8Array, start: number): number =>
  dayNumber(two(bytes, start) * 100 + two(bytes, start + 2), two(bytes, start + 5), two(bytes, start + 8));

/** The number of NO_DAY. */
export const NO_DAY_NUMBER: number = dayNumberAt(Buffer.from(NO_DAY), 0);

export class TimestampReader {
  /** µs since 1970-01-01T00:00Z. */
  micros = 0;
  offsetMinutes = 0;

  /** Reads `bytes[start, end)`; what it found is in the fields. */
  read(bytes: Uint8Array, start: number, end: number): TimestampProblem | undefined {
    if (end - start < 19) return 'time_form';
    const century = two(bytes, start);
    const yearOfCentury = two(bytes, start + 2);
    const month = two(bytes, start + 5);
    const day = two(bytes, start + 8);
    const hour = two(bytes, start + 11);
    const minute = two(bytes, start + 14);
    const second = two(bytes, start + 17);
    const separator = bytes[start + 10]!;
    if (
      century < 0 ||
      yearOfCentury < 0 ||
      month < 1 ||
      month > 12 ||
      hour < 0 ||
      hour > 23 ||
      minute < 0 ||
      minute > 59 ||
      second < 0 ||
      second > 60 ||
      bytes[start + 4] !== 45 ||
      bytes[start + 7] !== 45 ||
      (separator !== 84 && separator !== 116) ||
      bytes[start + 13] !== 58 ||
      bytes[start + 16] !== 58
    )
      return 'time_form';
    const year = century * 100 + yearOfCentury;
    if (day < 1 || day > daysInMonth(year, month)) return 'time_form';

    let at = start + 19;
    let fraction = 0;
    if (bytes[at] === 46 && at < end) {
      at += 1;
      const first = at;
      for (let scale = 100_000; at < end; at += 1) {
        const digit = bytes[at]! - 48;
        if (digit < 0 || digit > 9) break;
        if (scale >= 1) fraction += digit * scale;
        scale /= 10;
      }
      if (at === first) return 'time_form';
    }
    if (at >= end) return 'time_without_offset';

    const sign = bytes[at]!;
    let offset = 0;
    if (sign === 43 || sign === 45) {
      const hours = two(bytes, at + 1);
      const minutes = two(bytes, at + 4);
      if (end !== at + 6 || hours < 0 || hours > 23 || bytes[at + 3] !== 58 || minutes < 0 || minutes > 59)
        return 'time_form';
      offset = (hours * 60 + minutes) * (sign === 45 ? -1 : 1);
    } else if ((sign !== 90 && sign !== 122) || end !== at + 1) return 'time_form';

    const minutes = dayNumber(year, month, day) * 1440 + hour * 60 + minute - offset;
    if (second === 60) {
      if ((((minutes + 1) % 1440) + 1440) % 1440 !== 0) return 'time_form';
      this.micros = minutes * 60_000_000 + 59_999_999;
    } else this.micros = (minutes * 60 + second) * 1_000_000 + fraction;
    this.offsetMinutes = offset;
    return undefined;
  }
}
