/// <reference path="./codec-types.d.ts" />
/**
 * Producers compress as they like; kafkajs itself only knows gzip, without a bound, and a batch that it cannot read would stop
 * a partition for good. Snappy comes raw (librdkafka) or in the frames of the Java client (xerial), LZ4 in its own frames.
 */
import { promisify } from 'node:util';
import { gzip, unzip, zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';
import { decompress as lz4Decompress } from 'lz4js';
import { compress as snappyCompress, uncompress as snappyUncompress } from 'snappyjs';
import { xxHash32 } from '../sink/key-hash.ts';

const { CompressionCodecs, CompressionTypes } = kafkajs;

interface Codec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
  decompress(bytes: Buffer): Promise<Buffer>;
}

const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** The magic bytes, a version and the least compatible version (four bytes each). */
const XERIAL_HEADER = 16;

/** @throws if the bytes are no Snappy. */
export function unsnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, XERIAL.length).equals(XERIAL)) return Buffer.from(snappyUncompress(bytes));
  const pieces: Uint8Array[] = [];
  for (let at = XERIAL_HEADER; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    at += 4;
    pieces.push(snappyUncompress(bytes.subarray(at, at + size)));
    at += size;
  }
  return Buffer.concat(pieces);
}

/**
 * An LZ4 frame (LZ4 Frame Format 1.6.1) of independent blocks that are stored as they are: brokers refuse the dependent
 * blocks that lz4js writes. The product itself sends nothing compressed with LZ4.
 */
function lz4Stored(bytes: Buffer): Buffer {
  const BLOCK = 64 * 1024;
  const descriptor = Buffer.from([0b0110_0000, 0b0100_0000]);
  const pieces: Buffer[] = [Buffer.from([0x04, 0x22, 0x4d, 0x18]), descriptor];
  pieces.push(Buffer.from([(xxHash32(descriptor, 0, descriptor.length) >>> 8) & 0xff]));
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = bytes.subarray(at, at + BLOCK);
    const size = Buffer.alloc(4);
    size.writeUInt32LE((block.length | 0x8000_0000) >>> 0);
    pieces.push(size, block);
  }
  pieces.push(Buffer.alloc(4));
  return Buffer.concat(pieces);
}

/** What a batch may unpack to. Batches of 8 MiB packed come to a hundredth of it at most, unless somebody wants to do harm. */
const MOST_UNPACKED = 1024 ** 3;

type Inflate = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** @throws Error that says the way out where a batch unpacks to more than `most` bytes; without it the system would kill the worker */
export const bounded =
  (inflate: Inflate, most = MOST_UNPACKED) =>
  async (bytes: Buffer): Promise<Buffer> => {
    try {
      return await inflate(bytes, { maxOutputLength: most });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error;
      throw new Error(
        `a batch of ${bytes.length} bytes in the log unpacks to more than ${most}; remove it with kafka-delete-records.sh (the partition is the one that lags), and let its producer send smaller ones`,
      );
    }
  };

const codecs: [number, Codec][] = [
  [
    CompressionTypes.GZIP,
    {
      compress: ({ buffer }) => promisify(gzip)(buffer),
      decompress: bounded(promisify(unzip)),
    },
  ],
  [
    CompressionTypes.Snappy,
    {
      compress: async ({ buffer }) => Buffer.from(snappyCompress(buffer)),
      decompress: async (bytes) => unsnappy(bytes),
    },
  ],
  [
    CompressionTypes.LZ4,
    {
      compress: async ({ buffer }) => lz4Stored(buffer),
      decompress: async (bytes) => Buffer.from(lz4Decompress(bytes)),
    },
  ],
  [
    CompressionTypes.ZSTD,
    {
      compress: ({ buffer }) => promisify(zstdCompress)(buffer),
      decompress: bounded(promisify(zstdDecompress)),
    },
  ],
];

/** Makes every compression of Kafka known to kafkajs, in this process. */
export function readAllCompressions(): void {
  for (const [type, codec] of codecs) (CompressionCodecs as Record<number, () => Codec>)[type] = () => codec;
}
