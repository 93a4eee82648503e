import type { Reason } from './reasons.ts';

/** What the check says about an event before it is written. @returns undefined for a good one */
export type CheckEvent = (event: object) => { reason: Reason; detail: string } | undefined;
