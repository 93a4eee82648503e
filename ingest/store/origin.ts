import type { Origin } from '@hengjian/contract/event-writer.ts';
import { makeTerm } from '../check/term.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { LOW_CARDINALITY, type NativeColumn } from './native-block.ts';
import { TermColumn } from './term-column.ts';

export const NO_REQUEST = '00000000-0000-0000-0000-000000000000';

interface Run {
  origin: Origin;
  rows: number;
}

/** The origin columns of a block: events of one origin follow each other, so runs are kept, and positions per row. */
export class OriginColumns {
  readonly #runs: Run[] = [];
  readonly #positions = new ByteBuffer();
  /** Written anew for each block that is stored, in memory that stays. */
  readonly #part = new ByteBuffer();
  readonly #request = new ByteBuffer();

  add(origin: Origin, position: number): void {
    const last = this.#runs.at(-1);
    if (last?.origin === origin) last.rows += 1;
    else this.#runs.push({ origin, rows: 1 });
    this.#positions.int64(position);
  }

  clear(): void {
    this.#runs.length = 0;
    this.#positions.clear();
  }

  get bytes(): number {
    return this.#positions.length;
  }

  /** @param keep 0 drops the row */
  columns(keep?: Uint8Array): NativeColumn[] {
    const runs = keep ? this.#keptRuns(keep) : this.#runs;
    const terms = (name: string, textOf: (origin: Origin) => string): NativeColumn => {
      const column = new TermColumn();
      for (const { origin, rows } of runs) column.addTimes(makeTerm(textOf(origin)), rows);
      return { name, type: LOW_CARDINALITY, dictionaries: [column.dictionary()] };
    };
    const fixed = (
      name: string,
      type: string,
      own: ByteBuffer,
      write: (into: ByteBuffer, origin: Origin) => void,
    ): NativeColumn => {
      const into = keep ? new ByteBuffer(4096) : own;
      into.clear();
      for (const { origin, rows } of runs) {
        const start = into.length;
        write(into, origin);
        into.repeat(start, rows - 1);
      }
      return { name, type, values: [into.written()] };
    };
    const positions = keep ? keepFixed(this.#positions, 8, keep) : this.#positions;
    return [
      terms('origin_kind', ({ kind }) => kind),
      terms('origin', ({ name }) => name),
      fixed('origin_part', 'Int32', this.#part, (into, { part }) => into.int32(part)),
      { name: 'origin_pos', type: 'UInt64', values: [positions.written()] },
      fixed('request', 'UUID', this.#request, (into, { request }) => into.uuid(request)),
    ];
  }

  #keptRuns(keep: Uint8Array): Run[] {
    let row = 0;
    return this.#runs
      .map(({ origin, rows }) => {
        let kept = 0;
        for (const end = row + rows; row < end; row += 1) kept += keep[row]!;
        return { origin, rows: kept };
      })
      .filter(({ rows }) => rows > 0);
  }
}

/** The kept rows of a column of values `size` bytes wide. */
export function keepFixed(column: ByteBuffer, size: number, keep: Uint8Array): ByteBuffer {
  const kept = new ByteBuffer(column.length);
  for (let row = 0; row < keep.length; row += 1) if (keep[row]) kept.raw(column.bytes, row * size, row * size + size);
  return kept;
}

/** The kept rows of a String column. */
export function keepStrings(column: ByteBuffer, keep: Uint8Array): ByteBuffer {
  const kept = new ByteBuffer(column.length);
  let row = 0;
  for (const [start, , end] of strings(column)) if (keep[row++]) kept.raw(column.bytes, start, end);
  return kept;
}

/** Start, start of the bytes, and end of each value of a String column. */
export function* strings(column: ByteBuffer): Generator<[start: number, bytes: number, end: number]> {
  for (let at = 0; at < column.length; ) {
    const start = at;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = column.bytes[at++]!;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    yield [start, at, at + length];
    at += length;
  }
}
