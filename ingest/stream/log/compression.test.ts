import { compress } from 'snappyjs';
import { expect, test } from 'vitest';
import { compressionOf } from './compression.ts';

const [GZIP, SNAPPY, LZ4, ZSTD] = [compressionOf(1)!, compressionOf(2)!, compressionOf(3)!, compressionOf(4)!];

test('Snappy is read raw and in the frames of the Java client', async () => {
  const text = Buffer.from('{"specversion":"1.0"} '.repeat(500));
  const raw = Buffer.from(compress(text));
  expect(await SNAPPY.unpack(raw, text.length)).toEqual(text);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(raw.length);
  const head = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  const framed = Buffer.concat([head, size, raw, size, raw]);
  expect(await SNAPPY.unpack(framed, 2 * text.length)).toEqual(Buffer.concat([text, text]));
  await expect(SNAPPY.unpack(framed, 2 * text.length - 1)).rejects.toThrow('too big');
});

test.each([GZIP, SNAPPY, LZ4, ZSTD])('$name is unpacked up to the bound, and refused above it', async (compression) => {
  const zeros = Buffer.alloc(1_000_000);
  const packed = await compression.pack(zeros);
  expect(await compression.unpack(packed, zeros.length)).toEqual(zeros);
  await expect(compression.unpack(packed, zeros.length - 1)).rejects.toThrow(/unpacks to more than 999999|too big/);
  await expect(compression.unpack(Buffer.from('nothing packed'), 1_000)).rejects.not.toThrow(/more than/);
});

test('an LZ4 frame of compressed blocks is unpacked up to the bound', async () => {
  // lz4 -1 of 300,000 times "a": blocks of 64 KiB, each a literal and a match of the length of the rest.
  const block = (size: number) => {
    const rest = size - 1 - 5 - 4 - 15;
    const run = [...Array(Math.floor(rest / 255)).fill(255), rest % 255];
    const bytes = Buffer.from([0x1f, 0x61, 1, 0, ...run, 0x50, 0x61, 0x61, 0x61, 0x61, 0x61]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const frame = Buffer.concat([
    Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]),
    ...Array.from({ length: 4 }, () => block(65_536)),
    Buffer.alloc(4),
  ]);
  expect((await LZ4.unpack(frame, 4 * 65_536)).equals(Buffer.alloc(4 * 65_536, 'a'))).toBe(true);
  await expect(LZ4.unpack(frame, 4 * 65_536 - 1)).rejects.toThrow('unpacks to more than 262143 bytes');
});
