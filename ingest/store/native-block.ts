/** One block in ClickHouse's Native format: column count, row count, then name, type and values of each column. */
import { ByteBuffer } from './byte-buffer.ts';

export interface NativeColumn {
  name: string;
  /** Of ClickHouse. A LowCardinality(String) is sent as String: the engine builds the dictionary. */
  type: string;
  /** The values, one after the other; several pieces follow each other. */
  values: readonly Uint8Array[];
}

export const MICROS_TYPE = "DateTime64(6, 'Asia/Shanghai')";

/** The block as pieces to be sent one after the other. */
export function nativeBlock(rows: number, columns: readonly NativeColumn[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const head = new ByteBuffer(32);
  head.varint(columns.length);
  head.varint(rows);
  pieces.push(head.written());
  for (const { name, type, values } of columns) {
    const title = new ByteBuffer(64);
    title.text(name);
    title.text(type);
    pieces.push(title.written(), ...values.filter(({ length }) => length > 0));
  }
  return pieces;
}
