import type { CheckEvent } from '@hengjian/contract/check-event.ts';
import { EventChecker } from '@hengjian/ingest/check/event-checker.ts';
import { ruleLimits } from '@hengjian/models';

/** The check of the door, for who must know before anything is written. Rule sets are read each time: they may change while a dashboard runs. */
export function eventCheck(environment: { dataDir: string; ruleset?: string }): CheckEvent {
  return (event) => {
    const bytes = Buffer.from(JSON.stringify(event));
    const rejection = new EventChecker(Date.now(), ruleLimits(environment)).check(bytes, 0, bytes.length, true);
    return rejection && { reason: rejection.reason, detail: rejection.detail };
  };
}
