/** For tests: record batches of any content with the right checksum, also such as no client would write. */
import { createRequire } from 'node:module';
import { crc32c } from '../crc32c.ts';

const require = createRequire(import.meta.url);
const Record = require('kafkajs/src/protocol/recordBatch/record/v0/index.js');

export interface RawBatch {
  count: number;
  /** The records, compressed as `compression` says. */
  packed: Buffer;
  /** kafkajs.CompressionTypes. */
  compression?: number;
  baseOffset?: number;
  /** As set by `compression` otherwise. */
  attributes?: number;
}

/** kafka.apache.org/documentation/#recordbatch */
export function recordBatch({ count, packed, compression = 0, baseOffset = 0, attributes }: RawBatch): Buffer {
  const head = Buffer.alloc(61);
  const now = BigInt(Date.now());
  head.writeBigInt64BE(BigInt(baseOffset), 0);
  head.writeInt32BE(head.length - 12 + packed.length, 8);
  head.writeInt8(2, 16);
  head.writeInt16BE(attributes ?? compression, 21);
  head.writeInt32BE(count - 1, 23);
  head.writeBigInt64BE(now, 27);
  head.writeBigInt64BE(now, 35);
  // Of no idempotent producer.
  head.fill(0xff, 43, 57);
  head.writeInt32BE(count, 57);
  const batch = Buffer.concat([head, packed]);
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17);
  return batch;
}

/** Records with nothing but a value. */
export const recordsOf = (values: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat(
    values.map((value, offsetDelta) => Record({ offsetDelta, key: null, value: Buffer.from(value) }).buffer),
  );
