/**
 * Record batches (kafka.apache.org/documentation/#recordbatch, magic 2) as a fetch brings them, in bounded memory. What
 * cannot be read is one record that says so, at the last offset of its batch: the partition moves on, the bytes are kept.
 */
import { createHash } from 'node:crypto';
import { MAX_KEPT_BYTES } from '@hengjian/contract/limits.ts';
import type { IHeaders, KafkaMessage, RecordBatchEntry } from 'kafkajs';
import { compressionOf, MOST_UNPACKED } from './compression.ts';
import { crc32c } from './crc32c.ts';
import { HEADERS, type Refusal } from './record-headers.ts';
import { RecordReader } from './record-reader.ts';

export type LogRecord = KafkaMessage & {
  /** Why the batch of which this stands for all records could not be read; `value` is the batch. */
  unreadable?: Refusal;
};

interface FetchedRecord extends RecordBatchEntry {
  unreadable?: Refusal;
  /** What kafkajs reads to leave out what was rolled back, and the ends of transactions. */
  isControlRecord: boolean;
  batchContext: { producerId: string; inTransaction: boolean };
}

/** Bounds of one batch. A record is an object of some 300 bytes beside its own. */
export interface BatchBounds {
  bytes: number;
  records: number;
}

const BOUNDS: BatchBounds = { bytes: MOST_UNPACKED, records: 500_000 };
/** With so much of a partition at hand, further batches of the same answer are left to the next fetch. */
const ENOUGH: BatchBounds = { bytes: 32 * 1024 * 1024, records: 100_000 };

/** Offsets of the fields in a batch, bytes. */
const AT = {
  length: 8,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  count: 57,
  records: 61,
} as const;
/** Of `length` itself and what stands before it. */
const LENGTH_END = 12;
const COMPRESSION = 0x07;
const APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
/** Length, attributes, time, offset, key, value, number of headers: a byte each at least. */
const LEAST_RECORD = 7;
const READ_HEADERS: ReadonlySet<string> = new Set([...Object.values(HEADERS), 'content-type']);
/** Attributes of an event in CloudEvents' binary mode. */
const ATTRIBUTE = 'ce_';

/** @param bytes whole batches, and perhaps the beginning of another one; other formats end it */
export async function readRecordBatches(bytes: Buffer, bounds: BatchBounds = BOUNDS): Promise<FetchedRecord[]> {
  const records: FetchedRecord[] = [];
  let unpacked = 0;
  for (let at = 0; at + AT.records <= bytes.length && bytes[at + AT.magic] === 2; ) {
    const end = at + LENGTH_END + bytes.readInt32BE(at + AT.length);
    if (end > bytes.length || unpacked >= ENOUGH.bytes || records.length >= ENOUGH.records) break;
    unpacked += await readBatch(bytes.subarray(at, end), bounds, records);
    at = end;
  }
  return records;
}

/**
 * @returns the bytes that its records take, unpacked
 * @throws if the bytes are not those that the producer sent: the fetch is made again
 */
async function readBatch(batch: Buffer, bounds: BatchBounds, records: FetchedRecord[]): Promise<number> {
  if (crc32c(batch.subarray(AT.attributes)) !== batch.readUInt32BE(AT.crc))
    throw new Error(`the batch at offset ${batch.readBigInt64BE(0)} came damaged: its checksum is wrong`);
  const count = batch.readInt32BE(AT.count);
  const before = records.length;
  try {
    if (count > bounds.records) throw new Error(`${count} records in one batch, more than ${bounds.records}`);
    const packed = batch.subarray(AT.records);
    const type = batch.readInt16BE(AT.attributes) & COMPRESSION;
    const compression = compressionOf(type);
    if (type !== 0 && !compression) throw new Error(`compression ${type} is not known`);
    const bytes = compression ? await compression.unpack(packed, bounds.bytes) : packed;
    if (bytes.length < count * LEAST_RECORD) throw new Error(`${bytes.length} bytes cannot be ${count} records`);
    readRecords(batch, new RecordReader(bytes), count, records);
    return bytes.length;
  } catch (error) {
    records.length = before;
    records.push(standIn(batch, error as Error));
    return batch.length;
  }
}

function readRecords(batch: Buffer, reader: RecordReader, count: number, records: FetchedRecord[]): void {
  const baseOffset = Number(batch.readBigInt64BE(0));
  const { appendTime, ...fields } = headOf(batch);
  const baseTimestamp = Number(batch.readBigInt64BE(AT.baseTimestamp));
  for (let n = 0; n < count; n += 1) {
    const end = reader.length();
    const attributes = reader.byte();
    const timestampDelta = reader.varint();
    const offset = String(baseOffset + reader.varint());
    const key = reader.bytes();
    const value = reader.bytes();
    const headers: IHeaders = {};
    for (let left = reader.varint(); left > 0; left -= 1) addHeader(headers, reader);
    if (reader.at !== end) throw new Error(`the record at offset ${offset} does not end where it says`);
    const timestamp = appendTime ?? String(baseTimestamp + timestampDelta);
    records.push({ attributes, timestamp, offset, key, value, headers, ...fields });
  }
}

/** Only those that are read here, the first of a name: a foreign producer may send millions. */
function addHeader(headers: IHeaders, reader: RecordReader): void {
  const name = reader.bytes()?.toString('utf8') ?? '';
  const value = reader.bytes();
  // Kafka knows headers without a value; the type of kafkajs does not.
  const isRead = READ_HEADERS.has(name) || name.startsWith(ATTRIBUTE);
  if (isRead && !Object.hasOwn(headers, name)) headers[name] = value as Buffer;
}

function headOf(batch: Buffer) {
  const attributes = batch.readInt16BE(AT.attributes);
  return {
    appendTime: attributes & APPEND_TIME ? String(batch.readBigInt64BE(AT.maxTimestamp)) : undefined,
    isControlRecord: (attributes & CONTROL) !== 0,
    batchContext: {
      producerId: String(batch.readBigInt64BE(AT.producerId)),
      inTransaction: (attributes & TRANSACTIONAL) !== 0,
    },
  };
}

function standIn(batch: Buffer, { message }: Error): FetchedRecord {
  const first = batch.readBigInt64BE(0);
  const last = first + BigInt(batch.readInt32BE(AT.lastOffsetDelta));
  const attributes = batch.readInt16BE(AT.attributes);
  const compression = compressionOf(attributes & COMPRESSION)?.name ?? 'no compression';
  const { appendTime: _, ...fields } = headOf(batch);
  const size = batch.length;
  const kept = size > MAX_KEPT_BYTES ? `, of which the first ${MAX_KEPT_BYTES} are kept` : '';
  const sha256 = createHash('sha256').update(batch).digest('hex');
  return {
    attributes: 0,
    timestamp: String(batch.readBigInt64BE(AT.maxTimestamp)),
    offset: String(last),
    key: null,
    value: batch,
    headers: {},
    unreadable: {
      reason: 'unreadable_batch',
      detail: `offsets ${first} to ${last}, ${batch.readInt32BE(AT.count)} records, ${compression}: ${message}; a record batch of ${size} bytes${kept}; sha256 ${sha256}`,
      source: '',
      id: '',
      type: '',
      size,
    },
    ...fields,
  };
}
