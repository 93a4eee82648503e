/**
 * Keeps the tiers: those of the last year and of the running month, and at the begin of each month the ones of the month that ended
 * in the log. Monthly, as the classification that the documents name (domain.md §7 e-1).
 */
import type { Warehouse } from '@hengjian/warehouse';
import type { WriteEvents } from '../publication/write-events.ts';
import { currentMonth } from './current-month.ts';
import type { IndicatorSet } from './indicators/load-indicators.ts';
import { type RecordedTiers, recordTiers } from './record-tiers.ts';
import { refreshRisk } from './refresh-risk.ts';
import { monthBefore, monthsBetween, parseMonth, type RiskMonth } from './risk-month.ts';

/** Months of history before the running one. */
const HISTORY = 12;

export interface KeptTiers {
  /** Months that were made again. */
  built: string[];
  /** undefined where the month that ended has no subject. */
  recorded: RecordedTiers | undefined;
}

/**
 * Running it again on the same log changes nothing. undefined where no subject is registered yet.
 *
 * @throws CommandError where events are refused, BuildError naming the model's file
 */
export async function keepTiers(
  warehouse: Warehouse,
  { set, write, now = new Date() }: { set: IndicatorSet; write: WriteEvents; now?: Date },
): Promise<KeptTiers | undefined> {
  const running = currentMonth(now);
  const first = await firstMonth(warehouse);
  if (!first || first.id > running.id) return undefined;
  const months = monthsBetween(first.id > yearBefore(running).id ? first : yearBefore(running), running);
  const built = await refreshRisk(warehouse, set, { months, now });
  const ended = monthBefore(running);
  const recorded = ended.id < first.id ? undefined : await recordTiers(warehouse, write, ended.id, now);
  return { built, recorded };
}

function yearBefore(month: RiskMonth): RiskMonth {
  let before = month;
  for (let n = 0; n < HISTORY; n++) before = monthBefore(before);
  return before;
}

/** The month in which the first subject was registered, as far as the log knows. */
async function firstMonth(warehouse: Warehouse): Promise<RiskMonth | undefined> {
  const [row] = await warehouse.query<{ month: string }>(
    `SELECT formatDateTime(min(time), '%Y-%m', 'Asia/Shanghai') AS month FROM events WHERE type = 'entity.registered' HAVING count() > 0`,
  );
  return row && parseMonth(row.month);
}
