import { sha256 } from './sha256.ts';

const ZERO = Buffer.of(0x00);

/** H(seed ‖ 0x00 ‖ id) or H(seed ‖ 0x00 ‖ id ‖ 0x1f ‖ salt) (draw.md §7); `keyBytes` is what follows the 0x00. */
export function unitKey(seed: Buffer, keyBytes: Uint8Array): Buffer {
  return sha256(seed, ZERO, keyBytes);
}
