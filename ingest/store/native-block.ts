/** One block in ClickHouse's Native format: column count, row count, then name, type and values of each column. */
import { ByteBuffer } from './byte-buffer.ts';

export interface PlainColumn {
  name: string;
  /** Of ClickHouse. */
  type: string;
  /** The values, one after the other; several pieces follow each other. */
  values: readonly Uint8Array[];
}

/** Texts that repeat: each once, and its place for each row. */
export interface Dictionary {
  /** Strings, each with its length before it. */
  keys: Uint8Array;
  keyCount: number;
  /** A place among the keys for each row. */
  places: Uint32Array;
}

/** A LowCardinality(String): of half the bytes, and the engine need not find the repetitions again. */
export interface DictionaryColumn {
  name: string;
  type: typeof LOW_CARDINALITY;
  /** Several follow each other; one key may stand in more than one of them. */
  dictionaries: readonly Dictionary[];
}

export type NativeColumn = PlainColumn | DictionaryColumn;

export const LOW_CARDINALITY = 'LowCardinality(String)';
export const MICROS_TYPE = "DateTime64(6, 'Asia/Shanghai')";

/** The block as pieces to be sent one after the other. */
export function nativeBlock(rows: number, columns: readonly NativeColumn[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const head = new ByteBuffer(32);
  head.varint(columns.length);
  head.varint(rows);
  pieces.push(head.written());
  for (const column of columns) {
    const title = new ByteBuffer(64);
    title.text(column.name);
    title.text(column.type);
    const values = 'dictionaries' in column ? dictionaryValues(rows, column.dictionaries) : column.values;
    pieces.push(title.written(), ...values.filter(({ length }) => length > 0));
  }
  return pieces;
}

/** `SerializationLowCardinality` of ClickHouse: the keys are those of this block alone. */
const KEYS_VERSION = 1;
const HAS_OWN_KEYS = 1 << 9;
/** By the code of their type: UInt8, UInt16, UInt32. */
const PLACES = [Uint8Array, Uint16Array, Uint32Array] as const;

function dictionaryValues(rows: number, dictionaries: readonly Dictionary[]): Uint8Array[] {
  const keyCount = dictionaries.reduce((sum, one) => sum + one.keyCount, 0);
  const width = keyCount <= 0x100 ? 0 : keyCount <= 0x10000 ? 1 : 2;
  const places = new PLACES[width]!(rows);
  let row = 0;
  let firstKey = 0;
  for (const one of dictionaries) {
    if (firstKey === 0) places.set(one.places);
    else for (let at = 0; at < one.places.length; at += 1) places[row + at] = firstKey + one.places[at]!;
    row += one.places.length;
    firstKey += one.keyCount;
  }
  const head = new ByteBuffer(24);
  head.int64(KEYS_VERSION);
  head.int64(HAS_OWN_KEYS | width);
  head.int64(keyCount);
  const middle = new ByteBuffer(8);
  middle.int64(rows);
  return [
    head.written(),
    ...dictionaries.map(({ keys }) => keys),
    middle.written(),
    new Uint8Array(places.buffer, 0, places.byteLength),
  ];
}
