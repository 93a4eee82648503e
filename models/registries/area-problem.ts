import { isAreaCode } from '@hengjian/contract/schema/area-code.ts';
import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';
import type { Area } from './area.ts';

export interface AreaProblem {
  member: keyof Area;
  reason:
    | 'not an area code'
    | 'named before'
    | 'missing'
    | 'too long'
    | 'part of itself'
    | 'not a day'
    | 'before the first day';
}

const LONGEST_NAME = 60;

/** What is wrong with an area, the first; undefined for a good one. @param before those that must not have its code */
export function areaProblem(area: Area, before: readonly Area[] = []): AreaProblem | undefined {
  const { code, zh, en, parent, from, to } = area;
  if (!isAreaCode(code)) return { member: 'code', reason: 'not an area code' };
  if (before.some((one) => one.code === code)) return { member: 'code', reason: 'named before' };
  if (zh === '') return { member: 'zh', reason: 'missing' };
  if (zh.length > LONGEST_NAME) return { member: 'zh', reason: 'too long' };
  if (en.length > LONGEST_NAME) return { member: 'en', reason: 'too long' };
  if (parent !== '' && !isAreaCode(parent)) return { member: 'parent', reason: 'not an area code' };
  if (parent === code) return { member: 'parent', reason: 'part of itself' };
  if (from !== '' && !isCalendarDay(from)) return { member: 'from', reason: 'not a day' };
  if (to !== '' && !isCalendarDay(to)) return { member: 'to', reason: 'not a day' };
  if (from !== '' && to !== '' && to < from) return { member: 'to', reason: 'before the first day' };
  return undefined;
}
