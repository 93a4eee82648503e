/// <reference path="./codec-types.d.ts" />
/**
 * Producers compress as they like. Snappy comes raw (librdkafka) or in the frames of the Java client (xerial), LZ4 in its
 * own frames.
 */
import { promisify } from 'node:util';
import { gzip, unzip, zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';
import { decompressBound as lz4Bound, decompressFrame as lz4Frame } from 'lz4js';
import { compress as snappyCompress, uncompress as snappyUncompress } from 'snappyjs';
import { xxHash32 } from '../../store/key-hash.ts';

const { CompressionCodecs, CompressionTypes } = kafkajs;

/** What one batch may unpack to, bytes. */
export const MOST_UNPACKED = 128 * 1024 * 1024;

interface KafkajsCodec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
  decompress(bytes: Buffer): Promise<Buffer>;
}

const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** The magic bytes, a version and the least compatible version (four bytes each). */
const XERIAL_HEADER = 16;

/** @throws if the bytes are no Snappy, or unpack to more than `most`. */
function unsnappy(bytes: Buffer, most: number): Buffer {
  if (!bytes.subarray(0, XERIAL.length).equals(XERIAL)) return Buffer.from(snappyUncompress(bytes, most));
  const pieces: Uint8Array[] = [];
  let room = most;
  for (let at = XERIAL_HEADER; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    at += 4;
    const piece = snappyUncompress(bytes.subarray(at, at + size), room);
    room -= piece.length;
    pieces.push(piece);
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

/** An LZ4 frame of at most `most` bytes. @throws if it is none, or holds more. */
function unlz4(bytes: Buffer, most: number): Buffer {
  // What is written past the end of the array is dropped, and counted.
  const unpacked = Buffer.allocUnsafe(Math.min(lz4Bound(bytes), most));
  const size = lz4Frame(bytes, unpacked);
  if (size > unpacked.length) throw tooLarge(most);
  return unpacked.subarray(0, size);
}

const tooLarge = (most: number) => new Error(`unpacks to more than ${most} bytes`);

type Inflate = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const bounded = (inflate: Inflate) => async (bytes: Buffer, most: number) => {
  try {
    return await inflate(bytes, { maxOutputLength: most });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(most) : error;
  }
};

interface Compression {
  name: string;
  pack(bytes: Buffer): Promise<Buffer>;
  /** @throws if the bytes are not so packed, or unpack to more than `most`. */
  unpack(bytes: Buffer, most: number): Promise<Buffer>;
}

const { GZIP, Snappy, LZ4, ZSTD } = CompressionTypes;

const compressions: Readonly<Record<number, Compression>> = {
  [GZIP]: { name: 'gzip', pack: promisify(gzip), unpack: bounded(promisify(unzip)) },
  [Snappy]: {
    name: 'Snappy',
    pack: async (bytes) => Buffer.from(snappyCompress(bytes)),
    unpack: async (bytes, most) => unsnappy(bytes, most),
  },
  [LZ4]: { name: 'LZ4', pack: async (bytes) => lz4Stored(bytes), unpack: async (bytes, most) => unlz4(bytes, most) },
  [ZSTD]: { name: 'Zstandard', pack: promisify(zstdCompress), unpack: bounded(promisify(zstdDecompress)) },
};

/** @param type as the lowest bits of a batch's attributes have it; undefined where Kafka has none of that number */
export const compressionOf = (type: number): Compression | undefined => compressions[type];

/** Producers of this process may compress in every way of Kafka; kafkajs itself only knows gzip. */
export function knowAllCompressions(): void {
  for (const [type, { pack, unpack }] of Object.entries(compressions))
    (CompressionCodecs as Record<number, () => KafkajsCodec>)[Number(type)] = () => ({
      compress: ({ buffer }) => pack(buffer),
      decompress: (bytes) => unpack(bytes, MOST_UNPACKED),
    });
}
