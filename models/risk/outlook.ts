/** What would change a subject's tier: evidence that ends, evidence that fades, points still missing to the next tier. */
import { addDays, dayNumber } from '../calendar/day.ts';
import { fades, type IndicatorSet, MICRO } from './indicators/load-indicators.ts';
import { monthsBetween, parseMonth } from './risk-month.ts';

/** A reason as it is stored; points in millionths. */
export interface StoredReason {
  indicator: string;
  tier: string;
  points: number;
  events: readonly { source: string; id: string; day: string; points: number }[];
}

export interface Outlook {
  /** Reasons without which the tier would be another one, and what ends them. */
  without: {
    indicator: string;
    by: 'removal' | 'repair' | 'time' | 'new registration';
    event?: string;
    points: number;
    tier: string;
  }[];
  /** First month end at which the tier falls if nothing new happens; null within five years. */
  falls: { day: string; points: number; tier: string } | null;
  /** Points beyond which the next tier begins; null in the highest. */
  next: { tier: string; missing: number } | null;
}

const MONTHS_AHEAD = 60;

/** @param cuts millionths of a point that must be exceeded for the second, third … tier */
export function outlook(
  set: IndicatorSet,
  cuts: readonly number[],
  reasons: readonly StoredReason[],
  asOfDay: string,
): Outlook {
  // The office has changed its indicators since, and the month is not made again yet: nobody can tell what becomes of such a reason.
  const known = reasons.every(({ indicator }) => ruleOf(set, indicator));
  if (!known || cuts.length !== set.tiers.length - 1) return { without: [], falls: null, next: null };
  const now = standing(set, cuts, reasons);
  const without = reasons.flatMap((reason) => {
    const rest = standing(
      set,
      cuts,
      reasons.filter((other) => other !== reason),
    );
    return rest.rank < now.rank
      ? [{ indicator: reason.indicator, ...endOf(set, reason.indicator), ...shown(set, rest) }]
      : [];
  });
  const month = parseMonth(asOfDay.slice(0, 7))!;
  const last = parseMonth(addDays(asOfDay, MONTHS_AHEAD * 31).slice(0, 7))!;
  const ends = monthsBetween(month, last)
    .map(({ end }) => end)
    .filter((end) => end > asOfDay);
  let falls: Outlook['falls'] = null;
  for (const day of ends.slice(0, MONTHS_AHEAD)) {
    const then = standing(
      set,
      cuts,
      reasons.map((reason) => fadedTo(set, reason, day)).filter((reason) => reason.events.length > 0),
    );
    if (then.rank >= now.rank) continue;
    falls = { day, ...shown(set, then) };
    break;
  }
  const next = set.tiers[now.rank + 1];
  const cut = cuts[now.byPoints];
  return {
    without,
    falls,
    next:
      next && cut !== undefined && now.rank === now.byPoints
        ? { tier: next, missing: (cut + 1 - now.points) / MICRO }
        : null,
  };
}

interface Standing {
  points: number;
  byPoints: number;
  rank: number;
}

function standing({ tiers }: IndicatorSet, cuts: readonly number[], reasons: readonly StoredReason[]): Standing {
  const points = reasons.reduce((sum, reason) => sum + reason.points, 0);
  const byPoints = cuts.filter((cut) => points > cut).length;
  const direct = reasons.map(({ tier }) => tiers.indexOf(tier));
  return { points, byPoints, rank: Math.max(byPoints, ...direct) };
}

const shown = ({ tiers }: IndicatorSet, { points, rank }: Standing) => ({ points: points / MICRO, tier: tiers[rank]! });

function endOf(set: IndicatorSet, id: string): { by: Outlook['without'][number]['by']; event?: string } {
  const rule = ruleOf(set, id)!;
  if (rule.cleared_by) return { by: 'removal', event: rule.cleared_by };
  if (rule.repairable) return { by: 'repair', event: 'repair.approved' };
  if (rule.window_days) return { by: 'time' };
  return { by: 'new registration', event: rule.event };
}

const ruleOf = (set: IndicatorSet, id: string) =>
  [...set.indicators, ...set.direct].find((candidate) => candidate.id === id);

/** The reason as it will stand on a later day, were nothing to happen. */
function fadedTo(set: IndicatorSet, reason: StoredReason, day: string): StoredReason {
  const indicator = set.indicators.find(({ id }) => id === reason.indicator);
  const window = ruleOf(set, reason.indicator)!.window_days;
  const events = reason.events.flatMap((event) => {
    const age = dayNumber(day) - dayNumber(event.day);
    if (window && age > window) return [];
    const points = indicator && window && fades(indicator) ? faded(indicator.weight, window, age) : event.points;
    return [{ ...event, points }];
  });
  const sum = events.reduce((total, event) => total + event.points, 0);
  const cap = indicator?.cap ? Math.round(indicator.cap * MICRO) : Number.POSITIVE_INFINITY;
  return { ...reason, points: Math.min(cap, sum), events: sum > 0 || reason.tier !== '' ? events : [] };
}

/** weight · (window − age) / window in whole millionths, as the model has it. */
export function faded(weight: number, window: number, age: number): number {
  return Math.floor((Math.round(weight * MICRO) * (window - age)) / window);
}
