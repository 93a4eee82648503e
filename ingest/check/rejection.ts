import type { Reason } from '@hengjian/contract/reasons.ts';

/** Why an event is refused; `source`, `id`, `type` as far as they could be read. */
export interface Rejection {
  reason: Reason;
  detail: string;
  source: string;
  id: string;
  type: string;
}

/** Of an event of which only the head was read. @param size of the whole event in bytes */
export const oversized = (head: Uint8Array, size: number, sha256: string): Rejection => ({
  reason: 'too_large',
  detail: `${size} bytes; sha256 ${sha256}; the first ${head.length} bytes are kept`,
  source: '',
  id: '',
  type: '',
});
