import { promisify } from 'node:util';
import { zstdCompressSync, zstdDecompress } from 'node:zlib';
import { compress } from 'snappyjs';
import { expect, test } from 'vitest';
import { bounded, unsnappy } from './compression.ts';

test('Snappy is read raw and in the frames of the Java client', () => {
  const text = Buffer.from('{"specversion":"1.0"} '.repeat(500));
  const raw = Buffer.from(compress(text));
  expect(unsnappy(raw)).toEqual(text);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(raw.length);
  const head = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  expect(unsnappy(Buffer.concat([head, size, raw, size, raw]))).toEqual(Buffer.concat([text, text]));
});

test('a batch that unpacks to more than is borne is an error that says the way out', async () => {
  const packed = zstdCompressSync(Buffer.alloc(1_000_000));
  const unpack = bounded(promisify(zstdDecompress), 999_999);
  await expect(unpack(packed)).rejects.toThrow(/unpacks to more than 999999; remove it with kafka-delete-records/);
  expect(await bounded(promisify(zstdDecompress), 1_000_000)(packed)).toHaveLength(1_000_000);
  await expect(unpack(Buffer.from('no zstd'))).rejects.not.toThrow(/unpacks/);
});
