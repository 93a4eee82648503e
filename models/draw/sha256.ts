import { hash } from 'node:crypto';

/** SHA-256 of the joined parts: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
  return hash('sha256', parts.length === 1 ? parts[0]! : Buffer.concat(parts), 'buffer');
}
