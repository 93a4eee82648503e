/** Against what kafkajs writes and reads, and what it cannot read. */
import { createRequire } from 'node:module';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knowAllCompressions } from './compression.ts';
import { readRecordBatches } from './record-batches.ts';
import { HEADERS } from './record-headers.ts';
import { type RawBatch, recordBatch, recordsOf } from './testing/record-batch.ts';

const require = createRequire(import.meta.url);
const PROTOCOL = 'kafkajs/src/protocol';
const Decoder = require(`${PROTOCOL}/decoder.js`);
const Encoder = require(`${PROTOCOL}/encoder.js`);
const Record = require(`${PROTOCOL}/recordBatch/record/v0/index.js`);
const { RecordBatch } = require(`${PROTOCOL}/recordBatch/v0/index.js`);
const readByKafkajs = require(`${PROTOCOL}/requests/fetch/v4/decodeMessages.js`);
knowAllCompressions();

interface Sent {
  key: Buffer | null;
  value: Buffer | null;
  headers: { [name: string]: string | string[] };
  timestampDelta: number;
}

interface SentBatch {
  records: Sent[];
  compression: number;
  firstOffset: number;
  firstTimestamp: number;
  transactional: boolean;
}

const written = async ({ records, ...batch }: SentBatch): Promise<Buffer> =>
  (
    await RecordBatch({
      ...batch,
      maxTimestamp: batch.firstTimestamp + 5,
      lastOffsetDelta: records.length - 1,
      producerId: 77,
      records: records.map((record, offsetDelta) => Record({ ...record, offsetDelta })),
    })
  ).buffer;

const plain = (value: string, baseOffset = 0) => recordBatch({ count: 1, packed: recordsOf([value]), baseOffset });
const SMALLEST = Buffer.from([12, 0, 0, 0, 1, 1, 0]);

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const text = fc.string({ unit: 'binary', maxLength: 20 });
const names = fc.constantFrom(...Object.values(HEADERS), 'traceparent', '__proto__', '');
const record: fc.Arbitrary<Sent> = fc.record({
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.dictionary(names, fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })), { maxKeys: 4 }),
  timestampDelta: fc.integer(),
});
const batch: fc.Arbitrary<SentBatch> = fc.record({
  records: fc.array(record, { minLength: 1, maxLength: 30 }),
  compression: fc.constantFrom(0, 1, 2, 3, 4),
  firstOffset: fc.maxSafeInteger().map((n) => Math.abs(n) % 2 ** 52),
  firstTimestamp: fc.integer({ min: 0, max: 4e12 }),
  transactional: fc.boolean(),
});

test('any batches are read as kafkajs reads them, with those headers that mean something here', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 4 }), fc.nat(2_000), async (batches, cut) => {
      const all = Buffer.concat(await Promise.all(batches.map(written)));
      // A fetch ends where its bytes are used up, whatever stands there; kafkajs needs 17 of them.
      const fetched = all.subarray(0, Math.max(17, all.length - cut));
      const theirs = await readByKafkajs(new Decoder(new Encoder().writeBytes(fetched).buffer));
      const ours = await readRecordBatches(fetched);
      expect(ours).toHaveLength(theirs.length);
      for (const [n, { batchContext, headers, magicByte: _, ...rest }] of theirs.entries()) {
        const { batchContext: context, headers: read, ...same } = ours[n]!;
        expect(same).toEqual(rest);
        expect(batchContext).toMatchObject(context);
        for (const name of Object.values(HEADERS)) expect(read[name]).toEqual([headers[name]].flat()[0]);
        expect(Object.keys(read).every((name) => (Object.values(HEADERS) as string[]).includes(name))).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

describe('what cannot be read is one record that says so; the batches around it are read', () => {
  const BOUNDS = { bytes: 10_000, records: 1_000 };
  const many = Buffer.concat(Array(1_001).fill(SMALLEST));
  const record = (length: number, ...rest: number[]) => Buffer.from([length, ...SMALLEST.subarray(1), ...rest]);
  test.each<[string, Omit<RawBatch, 'baseOffset'>, RegExp]>([
    [
      'bytes beyond the bound',
      { count: 3, packed: zstdCompressSync(Buffer.alloc(10_001)), compression: 4 },
      /^offsets 40 to 42, 3 records, Zstandard: unpacks to more than 10000 bytes; a record batch of \d+ bytes; sha256/,
    ],
    [
      'more records than the bound',
      { count: 1_001, packed: many },
      /^offsets 40 to 1040, 1001 records, no compression: 1001 records in one batch, more than 1000;/,
    ],
    ['nothing packed', { count: 1, packed: Buffer.from('nothing'), compression: 1 }, /gzip: incorrect header check;/],
    ['an unknown compression', { count: 1, packed: SMALLEST, compression: 7 }, /: compression 7 is not known;/],
    ['too few bytes', { count: 2, packed: SMALLEST }, /7 bytes cannot be 2 records;/],
    ['a record beyond the end', { count: 1, packed: record(20) }, /past the end/],
    ['a record of another length', { count: 1, packed: record(14, 0) }, /does not end/],
    ['a negative length', { count: 1, packed: Buffer.from([12, 0, 0, 0, 3, 3, 0]) }, /past the end/],
    ['a number without end', { count: 1, packed: Buffer.alloc(20, 0xff) }, /more than ten bytes/],
  ])('%s', async (_, raw, detail) => {
    const bad = recordBatch({ ...raw, baseOffset: 40 });
    const records = await readRecordBatches(Buffer.concat([plain('before'), bad, plain('after', 5_000)]), BOUNDS);
    expect(records.map(({ value }) => value)).toEqual([Buffer.from('before'), bad, Buffer.from('after')]);
    const { unreadable, offset } = records[1]!;
    expect(unreadable).toMatchObject({ reason: 'unreadable_batch', size: bad.length });
    expect(unreadable!.detail).toMatch(detail);
    expect(unreadable!.detail).toContain(`offsets 40 to ${offset},`);
  });
});

test('a batch that came damaged is an error, so that it is fetched again', async () => {
  const batch = plain('whole');
  batch[batch.length - 3]! ^= 1;
  await expect(readRecordBatches(batch)).rejects.toThrow('the batch at offset 0 came damaged');
});

test('a batch of hundreds of thousands of records is read; what follows is left to the next fetch', async () => {
  const count = 300_000;
  const packed = zstdCompressSync(Buffer.concat(Array(count).fill(SMALLEST)));
  const batch = recordBatch({ count, packed, compression: 4 });
  const records = await readRecordBatches(Buffer.concat([batch, plain('next', 900_000)]));
  expect(records).toHaveLength(count);
  expect(records.some(({ unreadable }) => unreadable)).toBe(false);
});

test('a record of the brokers’ clock, and the end of a transaction', async () => {
  const before = Date.now();
  const batch = recordBatch({ count: 1, packed: SMALLEST, attributes: 0x08 | 0x10 | 0x20 });
  const [record] = await readRecordBatches(batch);
  expect(record).toMatchObject({
    isControlRecord: true,
    batchContext: { producerId: '-1', inTransaction: true },
  });
  expect(Number(record!.timestamp)).toBeGreaterThanOrEqual(before);
});
