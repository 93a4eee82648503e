import type { Random } from './random.ts';

const MINUTE = 60_000;

/** A moment of the working day (ms since midnight): 8:30–12:00 and 13:30–18:00 with peaks, now and then an evening. */
export function officeHours(random: Random): number {
  const part = random.float();
  const bell = (random.float() + random.float()) / 2;
  if (part < 0.5) return Math.floor((510 + bell * 210) * MINUTE);
  if (part < 0.96) return Math.floor((810 + bell * 270) * MINUTE);
  return Math.floor((1080 + bell * 240) * MINUTE);
}

/** Any time of day, most of it by daylight. */
export function dayAndNight(random: Random): number {
  return random.chance(0.85)
    ? Math.floor((420 + random.float() * 840) * MINUTE)
    : Math.floor(random.float() * 86_400_000);
}

/** Some minutes after a moment, within the same day. */
export function soonAfter(random: Random, clock: number): number {
  return Math.min(86_399_999, clock + 120_000 + Math.floor(random.float() * 5_400_000));
}
