import { localNow } from '../runner/local-now.ts';
import { parseMonth, type RiskMonth } from './risk-month.ts';

/** The month that runs now in the office's zone. */
export function currentMonth(now = new Date()): RiskMonth {
  return parseMonth(localNow(now).slice(0, 7))!;
}
