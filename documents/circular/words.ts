/** Words of the circular. */
import { parsePeriod } from '@hengjian/models/calendar/period.ts';

const DIGITS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

/** 1 → 一 … 10 → 十. */
export const ordinal = (n: number): string => DIGITS[n - 1] ?? String(n);

/** `2025Q2` → 2025年第二季度, `2025-04` → 2025年4月, `2025` → 2025年度 */
export function periodName(period: string): string {
  const year = period.slice(0, 4);
  const n = Number(period.slice(5));
  return { month: `${year}年${n}月`, quarter: `${year}年第${ordinal(n)}季度`, year: `${year}年度` }[typeOf(period)];
}

const THIS = { month: '本月', quarter: '本季度', year: '本年度' } as const;

/** `2025Q2` → 本季度 */
export const thisPeriod = (period: string): string => THIS[typeOf(period)];

const typeOf = (period: string) => parsePeriod(period)?.type ?? 'quarter';

/** `2025-07-20` or a longer moment → 2025年7月20日 */
export function dayName(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** `2025-07-20T08:59:58…` → 2025年7月20日8时59分 */
export function minuteName(moment: string): string {
  return `${dayName(moment)}${Number(moment.slice(11, 13))}时${moment.slice(14, 16)}分`;
}
