/** Days as offices write them (office-files §2). */
import { daysInMonth } from '@hengjian/contract/schema/calendar-day.ts';
import { type Cell, cellText, fold, isNothing } from './cell.ts';

export interface Day {
  /** YYYY-MM-DD */
  day: string;
  /** HH:MM:SS, where the cell says more than midnight. */
  time?: string;
}

/** `endless`: a term without end; `nothing`: no day is given; `wrong`: what stands there is no day. */
export type DayReading = Day | 'nothing' | 'endless' | 'wrong';

const TIME = String.raw`(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?`;
const FORMS = [
  new RegExp(String.raw`^(\d{4})[-/.,](\d{1,2})[-/.,](\d{1,2})${TIME}$`),
  new RegExp(String.raw`^(\d{4})年(\d{1,2})月(\d{1,2})日${TIME}$`),
  new RegExp(String.raw`^(\d{2})-(\d{2})-(\d{2})${TIME}$`),
  new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})${TIME}$`),
  /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/,
];
const ENDLESS = new Set(['长期', '长期有效', '永久', '无期限']);
const NO_DAY = new Set(['0', '1900-01-01', '1899-12-30', '1899-12-31']);
const DAY_MS = 86_400_000;
const LEAP_DAY_OF_1900 = 60;

/** @param epoch1904 whether numbers count from 1904-01-01, as old workbooks of the Macintosh do */
export function readDay(cell: Cell, epoch1904 = false): DayReading {
  if (typeof cell === 'object') return ofSerial(cell.serial, epoch1904);
  if (typeof cell === 'number') return ofNumber(cell, epoch1904);
  const text = cellText(cell).normalize('NFKC').trim();
  if (isNothing(text) || NO_DAY.has(text)) return 'nothing';
  if (ENDLESS.has(fold(text))) return 'endless';
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return ofSerial(Number(text), false);
  for (const form of FORMS) {
    const match = form.exec(text);
    if (match) return written(match);
  }
  return 'wrong';
}

function written([, year, month, day, hour, minute, second]: RegExpExecArray): DayReading {
  const fullYear = year!.length === 2 ? 2000 + Number(year) : Number(year);
  const time = hour === undefined ? undefined : [hour, minute, second ?? '0'].map(Number);
  if (time && (time[0]! > 23 || time[1]! > 59 || time[2]! > 59)) return 'wrong';
  return checked(fullYear, Number(month), Number(day), time?.map(two).join(':'));
}

function checked(year: number, month: number, day: number, time: string | undefined): DayReading {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return 'wrong';
  if (year >= 9999) return 'endless';
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (NO_DAY.has(text)) return 'nothing';
  if (year < 1900) return 'wrong';
  return time === undefined || time === '00:00:00' ? { day: text } : { day: text, time };
}

/** Nobody's serial reaches the first day that is written as one number. */
function ofNumber(value: number, epoch1904: boolean): DayReading {
  if (value < 19_000_101) return ofSerial(value, epoch1904);
  const text = String(value);
  if (!/^\d{8}$/.test(text) && !/^\d{14}$/.test(text)) return 'wrong';
  return readDay(text);
}

function ofSerial(serial: number, epoch1904: boolean): DayReading {
  if (serial >= 19_000_101) return ofNumber(serial, epoch1904);
  if (serial === 0) return 'nothing';
  if (!(serial > 0 && serial < 2_958_466)) return 'wrong';
  // To the nearest second: fractions of a day are no decimals.
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400);
  if (!epoch1904 && days === LEAP_DAY_OF_1900) return 'wrong';
  // Excel's 1900 was a leap year, so that its epoch is a day earlier from March on.
  const epoch = epoch1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < LEAP_DAY_OF_1900 ? 31 : 30);
  const at = new Date(epoch + days * DAY_MS + (seconds % 86_400) * 1000).toISOString();
  return checked(Number(at.slice(0, 4)), Number(at.slice(5, 7)), Number(at.slice(8, 10)), at.slice(11, 19));
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Days since the epoch of the workbook of an ISO date-time without offset; undefined if it is none. */
export function serialOf(iso: string, epoch1904: boolean): number | undefined {
  const local = iso.replace(/Z$/, '');
  const at = Date.parse(`${local.length === 10 ? `${local}T00:00:00` : local}Z`);
  if (Number.isNaN(at)) return undefined;
  const days = (at - (epoch1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30))) / DAY_MS;
  return !epoch1904 && days < 61 ? days - 1 : days;
}
