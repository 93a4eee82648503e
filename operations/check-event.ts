import type { CheckEvent } from '@hengjian/contract/check-event.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { EventChecker } from '@hengjian/ingest/check/event-checker.ts';
import { ruleLimits } from '@hengjian/models';

/** Rule sets may change while a dashboard runs; reading their files takes long for one row of many (milliseconds). */
const LIMITS_FRESH_MS = 1_000;

/** The check of the door, for who must know before anything is written. */
export function eventCheck(environment: { dataDir: string; ruleset?: string }): CheckEvent {
  let limits: RuleLimits = { marks: {} };
  let readAt = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (performance.now() - readAt > LIMITS_FRESH_MS) {
      limits = ruleLimits(environment);
      readAt = performance.now();
    }
    const bytes = Buffer.from(JSON.stringify(event));
    const rejection = new EventChecker(Date.now(), limits).check(bytes, 0, bytes.length, true);
    return rejection && { reason: rejection.reason, detail: rejection.detail };
  };
}
