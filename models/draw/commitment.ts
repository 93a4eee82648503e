import { sha256 } from './sha256.ts';

const ZERO = Buffer.of(0x00);
const COMMIT = Buffer.concat([Buffer.from('DRAW-COMMIT-v1'), ZERO]);
const SEED = Buffer.concat([Buffer.from('DRAW-SEED-v1'), ZERO]);
const INTEGERS = Buffer.of(0x01);

/** H("DRAW-COMMIT-v1" ‖ 0x00 ‖ secret ‖ merkle_root ‖ plan_hash): to be published before the beacon exists (draw.md §5). */
export function commitOf(secret: Buffer, merkleRoot: Buffer, planHash: string): Buffer {
  return sha256(COMMIT, secret, merkleRoot, Buffer.from(planHash, 'hex'));
}

/** H("DRAW-SEED-v1" ‖ 0x00 ‖ secret ‖ beacon ‖ merkle_root ‖ plan_hash) (draw.md §5). */
export function seedOf(secret: Buffer, beacon: Buffer, merkleRoot: Buffer, planHash: string): Buffer {
  return sha256(SEED, secret, beacon, merkleRoot, Buffer.from(planHash, 'hex'));
}

/** x of u = x / 2^64: the first 8 bytes, big-endian, of H(seed ‖ 0x01 ‖ u32be 0 ‖ u32be 0) (draw.md §6). */
export function roundingOffset(seed: Buffer): bigint {
  return sha256(seed, INTEGERS, Buffer.alloc(8)).readBigUInt64BE(0);
}
