import type { Reason } from '@hengjian/contract/reasons.ts';

/** Why an event is refused; `source`, `id`, `type` as far as they could be read. */
export interface Rejection {
  reason: Reason;
  detail: string;
  source: string;
  id: string;
  type: string;
}
