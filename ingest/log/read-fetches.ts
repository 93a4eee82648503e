/**
 * kafkajs reads fetched records by record-batches.ts, in this process. Its own reading has no bounds (a batch of a few
 * kilobytes may unpack to gigabytes), fails for good at a batch of more than some 125,000 records (they are arguments of one
 * call), leaves checksums alone, and a batch that it cannot read stops the partition. It has no place for another one, so
 * its module is replaced: it is loaded with the first fetch, and its version is pinned.
 */
import { createRequire } from 'node:module';
import type { KafkaMessage } from 'kafkajs';
import { knowAllCompressions } from './compression.ts';
import { readRecordBatches } from './record-batches.ts';

/** As kafkajs 2.2.4 has it (src/protocol/decoder.js). */
interface Decoder {
  buffer: Buffer;
  offset: number;
}
type DecodeMessages = (decoder: Decoder) => Promise<KafkaMessage[]>;

const MODULE = 'kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js';
const MAGIC_AT = 16;

let done = false;

export function readFetches(): void {
  if (done) return;
  done = true;
  knowAllCompressions();
  const require = createRequire(import.meta.url);
  const others: DecodeMessages = require(MODULE);
  const decodeMessages: DecodeMessages = (decoder) => {
    const start = decoder.offset + 4;
    const size = decoder.buffer.readInt32BE(decoder.offset);
    const bytes = decoder.buffer.subarray(start, start + Math.max(0, size));
    // Message sets of brokers before 0.11.
    if (bytes.length > MAGIC_AT && bytes[MAGIC_AT]! < 2) return others(decoder);
    decoder.offset = start + bytes.length;
    return readRecordBatches(bytes);
  };
  require.cache[require.resolve(MODULE)]!.exports = decodeMessages;
}
