/** The string formats that the schemas name; registered with TypeBox when this file is loaded. */
import Format from 'typebox/format';
import { AREA_FORM, isAreaCode } from './area-code.ts';
import { isCalendarDay } from './calendar-day.ts';
import { INDUSTRY_FORM, isIndustryCode } from './industry-code.ts';
import { USCC_FORM, usccProblem } from './uscc.ts';

const QUARTER = /^20\d\dQ[1-4]$/;
const PERIOD = /^20\d\d(?:Q[1-4]|-(?:0[1-9]|1[0-2]))?$/;
const UNIT = /^[\p{L}\p{N}][\p{L}\p{N}._:/-]{0,63}$/u;

/** A unit id: 1–64 letters, digits, ".", "_", ":", "/", "-". Which units there are is the rule set's business. */
export const isUnitId = (text: string): boolean => UNIT.test(text);
/** A quarter: 2025Q2. */
export const isQuarter = (text: string): boolean => QUARTER.test(text);
/** A quarter, a month or a year: 2025Q2, 2025-04, 2025. */
export const isPeriod = (text: string): boolean => PERIOD.test(text);

const DAY = /^(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const WRITTEN = /\S/;

/** Format name → its check, how its form is worded in errors and in the event reference, and what JSON Schema can say of it. */
export const FORMATS = {
  uscc: {
    check: (text: string) => usccProblem(text) === undefined,
    is: 'USCC (GB 32100-2015)',
    stated: { pattern: USCC_FORM.source },
  },
  day: { check: isCalendarDay, is: 'day, YYYY-MM-DD', stated: { format: 'date', pattern: DAY.source } },
  quarter: { check: isQuarter, is: 'quarter, like 2025Q2', stated: { pattern: QUARTER.source } },
  period: {
    check: isPeriod,
    is: 'quarter, like 2025Q2 (or a month, like 2025-04, or a year, like 2025)',
    stated: { pattern: PERIOD.source },
  },
  industry: {
    check: isIndustryCode,
    is: 'GB/T 4754 section letter or longer code',
    stated: { pattern: INDUSTRY_FORM.source },
  },
  unit: { check: isUnitId, is: 'unit id', stated: { pattern: UNIT.source } },
  area: { check: isAreaCode, is: 'GB/T 2260 or own area code', stated: { pattern: AREA_FORM.source } },
  written: {
    check: (text: string) => WRITTEN.test(text),
    is: 'text, not blank',
    stated: { pattern: WRITTEN.source },
  },
} as const;

export type FormatName = keyof typeof FORMATS;

for (const [name, { check }] of Object.entries(FORMATS)) Format.Set(name, check);
