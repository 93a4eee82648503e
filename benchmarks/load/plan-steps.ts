/**
 * What a load profile sends when. Read by the k6 script and by its twin in Node: nothing here may need either of them.
 */

/** A part of a profile with one rate from its beginning to its end (`profiles.json`). */
export interface ProfileStep {
  name: string;
  /** multiple of the rate asked for */
  times: number;
  seconds: number;
  /** false: measured, but no threshold is held against it */
  judged?: boolean;
  /** refusals of overload (429 or 503 with Retry-After), slow answers and unsent requests are no fault here */
  mayRefuse?: boolean;
}

export interface Profile {
  does: string;
  steps: ProfileStep[];
  /** how much memory may grow from the first half of the time to the last quarter: the larger of both */
  memory?: { growthShare: number; growthMb: number };
}

export interface Profiles {
  limits: { p99Ms: number };
  profiles: Record<string, Profile>;
}

export interface PlanOptions {
  /** requests/s at `times` 1 */
  rate: number;
  /** length of the longest step instead of the profile's, s */
  seconds?: number | undefined;
  /** largest 99th percentile instead of the profiles', ms */
  p99Ms?: number | undefined;
}

export interface Step {
  name: string;
  /** requests/s, a whole number */
  rate: number;
  seconds: number;
  /** seconds after the beginning */
  startsAt: number;
  judged: boolean;
  mayRefuse: boolean;
  p99Ms: number;
}

/** @throws RangeError naming the profiles there are */
export function planSteps(all: Profiles, profile: string, { rate, seconds, p99Ms }: PlanOptions): Step[] {
  const found = all.profiles[profile];
  if (!found)
    throw new RangeError(`There is no profile "${profile}"; there are: ${Object.keys(all.profiles).join(', ')}.`);
  const longest = Math.max(...found.steps.map((step) => step.seconds));
  let startsAt = 0;
  return found.steps.map((step) => {
    const length = seconds !== undefined && step.seconds === longest ? seconds : step.seconds;
    const planned: Step = {
      name: step.name,
      rate: Math.max(1, Math.round(rate * step.times)),
      seconds: length,
      startsAt,
      judged: step.judged ?? true,
      mayRefuse: step.mayRefuse ?? false,
      p99Ms: p99Ms ?? all.limits.p99Ms,
    };
    startsAt += length;
    return planned;
  });
}
