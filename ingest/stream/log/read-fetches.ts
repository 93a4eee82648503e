/**
 * kafkajs reads fetched records by record-batches.ts and mark-aborted.ts, in this process. Its own reading has no bounds (a
 * batch of a few kilobytes may unpack to gigabytes), fails for good at a batch of more than some 125,000 records (they are
 * arguments of one call), leaves checksums alone, a batch that it cannot read stops the partition, and some records that
 * were rolled back pass. It has no place for another one, so its modules are replaced: they are loaded with the first
 * fetch, and its version is pinned.
 */
import { createRequire } from 'node:module';
import type { KafkaMessage } from 'kafkajs';
import { knowAllCompressions } from './compression.ts';
import { type AbortedTransaction, markAborted } from './mark-aborted.ts';
import { readRecordBatches } from './record-batches.ts';

/** As kafkajs 2.2.4 has it (src/protocol/decoder.js). */
interface Decoder {
  buffer: Buffer;
  offset: number;
}
type DecodeMessages = (decoder: Decoder) => Promise<KafkaMessage[]>;

interface FetchResponse {
  responses: { partitions: { messages: KafkaMessage[]; abortedTransactions?: AbortedTransaction[] | null }[] }[];
}

const FETCH = 'kafkajs/src/protocol/requests/fetch';
const MODULE = `${FETCH}/v4/decodeMessages.js`;
/** Those with transactions. */
const VERSIONS = [4, 5, 6, 7, 8, 9, 10, 11];
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
  for (const version of VERSIONS) {
    const response: { decode(raw: Buffer): Promise<FetchResponse> } = require(`${FETCH}/v${version}/response.js`);
    const { decode } = response;
    response.decode = async (raw) => {
      const fetched = await decode(raw);
      for (const partition of fetched.responses.flatMap(({ partitions }) => partitions)) {
        markAborted(partition.messages, partition.abortedTransactions ?? []);
        partition.abortedTransactions = [];
      }
      return fetched;
    };
  }
}
