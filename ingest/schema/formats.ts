/** The string formats that the schemas name; registered with TypeBox when this file is loaded. */
import Format from 'typebox/format';
import { isAreaCode } from './area-code.ts';
import { isCalendarDay } from './calendar-day.ts';
import { isIndustryCode } from './industry-code.ts';
import { usccProblem } from './uscc.ts';

const QUARTER = /^20\d\dQ[1-4]$/;
const UNIT = /^[\p{L}\p{N}][\p{L}\p{N}._:/-]{0,63}$/u;

/** A unit id: 1–64 letters, digits, ".", "_", ":", "/", "-". Which units there are is the rule set's business. */
export const isUnitId = (text: string): boolean => UNIT.test(text);
/** A quarter: 2025Q2. */
export const isQuarter = (text: string): boolean => QUARTER.test(text);

/** Format name → its check and how its form is described in errors and in the event reference. */
export const FORMATS = {
  uscc: { check: (text: string) => usccProblem(text) === undefined, is: 'USCC (GB 32100-2015)' },
  day: { check: isCalendarDay, is: 'day, YYYY-MM-DD' },
  quarter: { check: isQuarter, is: 'quarter, like 2025Q2' },
  industry: { check: isIndustryCode, is: 'GB/T 4754 section letter or longer code' },
  unit: { check: isUnitId, is: 'unit id' },
  area: { check: isAreaCode, is: 'GB/T 2260 or own area code' },
  written: { check: (text: string) => /\S/.test(text), is: 'text, not blank' },
} as const;

export type FormatName = keyof typeof FORMATS;

for (const [name, { check }] of Object.entries(FORMATS)) Format.Set(name, check);
