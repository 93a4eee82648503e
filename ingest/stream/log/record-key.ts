/**
 * The key of a record is `SOURCE#ID`, partitioned by murmur2 as the Java client and librdkafka (murmur2_random) do, so
 * that all copies of an event meet in one partition and one worker sees them. Foreign producers that set the same key
 * need nothing else; records of those that do not are rerouted (worker/rerouted.ts).
 */
import type { EventFields } from '../../check/event-fields.ts';

const HASH = 0x23;
let scratch = Buffer.allocUnsafe(1024);

/** The key's bytes, valid until the next call. */
export function recordKey({ source, bytes, idStart, idEnd }: EventFields): Buffer {
  const length = source.bytes.length + 1 + idEnd - idStart;
  if (length > scratch.length) scratch = Buffer.allocUnsafe(length * 2);
  // Both are short: loops cost less than calls into native code.
  let at = 0;
  for (const byte of source.bytes) scratch[at++] = byte;
  scratch[at++] = HASH;
  for (let from = idStart; from < idEnd; from += 1) scratch[at++] = bytes[from]!;
  return scratch.subarray(0, length);
}

export const partitionOf = (key: Uint8Array, partitions: number): number => (murmur2(key) & 0x7fffffff) % partitions;

/** MurmurHash2 (Appleby) with the seed of Kafka's clients; a signed 32-bit integer. */
export function murmur2(bytes: Uint8Array): number {
  const M = 0x5bd1e995;
  const length = bytes.length;
  let hash = 0x9747b28c ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    word = Math.imul(word, M);
    word ^= word >>> 24;
    hash = Math.imul(hash, M) ^ Math.imul(word, M);
  }
  const rest = length - at;
  if (rest > 2) hash ^= bytes[at + 2]! << 16;
  if (rest > 1) hash ^= bytes[at + 1]! << 8;
  if (rest > 0) hash = Math.imul(hash ^ bytes[at]!, M);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, M);
  return (hash ^ (hash >>> 15)) | 0;
}
