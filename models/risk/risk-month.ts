/** A calendar month, YYYY-MM. */
import { addDays } from '../calendar/day.ts';

export interface RiskMonth {
  id: string;
  /** Last day, YYYY-MM-DD. */
  end: string;
}

/** undefined where the text names no month since 2010. */
export function parseMonth(text: string): RiskMonth | undefined {
  const match = /^(20[1-9]\d)-(0[1-9]|1[0-2])$/.exec(text);
  if (!match) return undefined;
  const [year, month] = [Number(match[1]), Number(match[2])];
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return { id: text, end: addDays(next, -1) };
}

/** The month before. */
export function monthBefore({ id }: RiskMonth): RiskMonth {
  return parseMonth(addDays(`${id}-01`, -1).slice(0, 7))!;
}

/** Months from the first to the last, both included. */
export function monthsBetween(first: RiskMonth, last: RiskMonth): RiskMonth[] {
  const months: RiskMonth[] = [];
  for (let month = first; month.id <= last.id; month = parseMonth(addDays(month.end, 1).slice(0, 7))!)
    months.push(month);
  return months;
}
