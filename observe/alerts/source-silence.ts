/**
 * Whether a source has been silent for longer than its habit. Nights, weekends and holidays are part of the habit: each
 * hour counts as much as hours of its kind (workday or day off, hour of the day) usually bring something, so a night
 * counts nothing for a system that sleeps at night. A pause is the sum over its hours; the habit is the 99th percentile
 * of the pauses between hours with arrivals.
 */
import { dayOf } from '@hengjian/models/calendar/day.ts';
import type { SourceHours } from '../queries/stream-source-hours.ts';
import type { SourceSilent } from './alert.ts';
import { alertThresholds } from './alert-thresholds.ts';

const HOUR_MS = 3_600_000;
/** Asia/Shanghai, without daylight saving since 1991. */
const SHANGHAI_HOURS = 8;

/** @param isWorkday of a day `YYYY-MM-DD` */
export function sourceSilence(
  { source, last, hours }: SourceHours,
  at: Date,
  isWorkday: (day: string) => boolean,
): SourceSilent | undefined {
  const { minHours, minDays, quantile, timesHabit, minUsualHours } = alertThresholds.source_silent;
  const days = new Set(hours.map((hour) => Math.floor((hour + SHANGHAI_HOURS) / 24)));
  if (hours.length < minHours || days.size < minDays) return undefined;

  const workdays = new Map<number, boolean>();
  const slotOf = (hour: number): number => {
    const local = hour + SHANGHAI_HOURS;
    const day = Math.floor(local / 24);
    let work = workdays.get(day);
    if (work === undefined) {
      work = isWorkday(dayOf(day));
      workdays.set(day, work);
    }
    return (work ? 24 : 0) + (local - day * 24);
  };
  const [first, final] = [hours[0]!, hours.at(-1)!];
  const active = new Float64Array(48);
  const total = new Float64Array(48);
  for (const hour of hours) active[slotOf(hour)]! += 1;
  for (let hour = first; hour <= final; hour += 1) total[slotOf(hour)]! += 1;
  const weight = (hour: number): number => {
    const slot = slotOf(hour);
    return total[slot] ? active[slot]! / total[slot] : 0;
  };
  /** Usual hours from `from` (included) to `to` (excluded). */
  const usual = (from: number, to: number): number => {
    let sum = 0;
    for (let hour = from; hour < to; hour += 1) sum += weight(hour);
    return sum;
  };

  const pauses = hours.slice(1).map((hour, index) => usual(hours[index]! + 1, hour));
  pauses.sort((a, b) => a - b);
  const habit = pauses[Math.ceil(quantile * pauses.length) - 1]!;
  const now = at.getTime() / HOUR_MS;
  const running = Math.floor(now);
  if (running <= final) return undefined;
  const silence = usual(final + 1, running) + weight(running) * (now - running);
  if (silence < Math.max(minUsualHours, timesHabit * habit)) return undefined;
  return {
    alert: 'source_silent',
    source,
    since: new Date(last).toISOString(),
    n: hours.length,
    silence_s: Math.max(0, Math.round((at.getTime() - last) / 1000)),
    usual_hours: silence,
    habit_hours: habit,
  };
}
