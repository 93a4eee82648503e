/** Checked events as the columns of `events`, encoded as they come in. */
import type { Origin } from '@hengjian/contract/event-writer.ts';
import { DAY_COLUMN, TEXT_COLUMNS } from '@hengjian/contract/facts/fact-columns.ts';
import type { EventFields } from '../check/event-fields.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { LOW_CARDINALITY, MICROS_TYPE, type NativeColumn } from './native-block.ts';
import { keepFixed, keepStrings, OriginColumns, strings } from './origin.ts';
import { TermColumn } from './term-column.ts';

export class EventColumns {
  rows = 0;
  readonly #source = new TermColumn();
  readonly #type = new TermColumn();
  readonly #department = new TermColumn();
  readonly #region = new TermColumn();
  /** Of each row, for comparing keys. */
  #idStarts = new Int32Array(1 << 10);
  readonly #id = new ByteBuffer();
  readonly #time = new ByteBuffer();
  readonly #offset = new ByteBuffer();
  readonly #subject = new ByteBuffer();
  readonly #data = new ByteBuffer();
  readonly #factsMark = new ByteBuffer();
  readonly #facts = new ByteBuffer();
  readonly #texts = TEXT_COLUMNS.map(() => new ByteBuffer());
  readonly #day = new ByteBuffer();
  readonly #extensions = new ByteBuffer();
  readonly #origins = new OriginColumns();
  readonly #terms = [this.#source, this.#type, this.#department, this.#region];
  readonly #columns = [
    this.#id,
    this.#time,
    this.#offset,
    this.#subject,
    this.#data,
    this.#factsMark,
    this.#facts,
    ...this.#texts,
    this.#day,
    this.#extensions,
  ];

  append(event: EventFields, origin: Origin, position: number): void {
    const row = this.rows++;
    this.#source.add(event.source);
    this.#id.stringFrom(event.view, event.bytes, event.idStart, event.idEnd);
    if (row === this.#idStarts.length) this.#idStarts = grown(this.#idStarts);
    this.#idStarts[row] = this.#id.length - (event.idEnd - event.idStart);
    this.#type.add(event.type);
    this.#time.int64(event.timeMicros);
    this.#offset.int16(event.utcOffsetMinutes);
    this.#department.add(event.department);
    this.#region.add(event.region);
    this.#subject.stringFrom(event.view, event.bytes, event.subjectStart, event.subjectEnd);
    this.#data.stringFrom(event.view, event.bytes, event.dataStart, event.dataEnd);
    this.#appendFacts(event);
    this.#extensions.string(event.extensions, 0, event.extensionsEnd);
    this.#origins.add(origin, position);
  }

  #appendFacts({ factsMark, facts }: EventFields): void {
    this.#factsMark.int32(factsMark);
    if (facts.end === 0) this.#facts.emptyString();
    else this.#facts.string(facts.json, 0, facts.end);
    for (let column = 0; column < TEXT_COLUMNS.length; column += 1) {
      const start = facts.starts[column]!;
      const end = facts.ends[column]!;
      if (start === end) this.#texts[column]!.emptyString();
      else this.#texts[column]!.string(facts.bytes, start, end);
    }
    this.#day.int32(facts.day);
  }

  clear(): void {
    this.rows = 0;
    for (const column of this.#terms) column.clear();
    for (const column of this.#columns) column.clear();
    this.#origins.clear();
  }

  /** All of them: any member may be the one that is long. */
  get bytes(): number {
    return (
      this.#columns.reduce((sum, { length }) => sum + length, 0) +
      this.#terms.reduce((sum, { bytes }) => sum + bytes, 0) +
      this.#origins.bytes
    );
  }

  /** Whether row `row` has this source and id. */
  hasKey(row: number, event: EventFields): boolean {
    if (this.#source.textAt(row) !== event.source.text) return false;
    const ids = this.#id.bytes;
    const length = event.idEnd - event.idStart;
    const start = this.#idStarts[row]!;
    // The byte before an id is its length: ids have at most 64 characters, 256 bytes; longer than 127 take two bytes.
    if (
      length < 128
        ? ids[start - 1] !== length
        : ids[start - 2] !== ((length & 127) | 128) || ids[start - 1] !== length >>> 7
    )
      return false;
    for (let at = 0; at < length; at += 1) if (ids[start + at] !== event.bytes[event.idStart + at]) return false;
    return true;
  }

  sourceTexts(): string[] {
    return Array.from({ length: this.rows }, (_, row) => this.#source.textAt(row));
  }

  ids(): string[] {
    return Array.from(strings(this.#id), ([, start, end]) => this.#id.bytes.toString('utf8', start, end));
  }

  /** @param keep 0 drops the row */
  columns(keep?: Uint8Array): NativeColumn[] {
    const text = (name: string, column: ByteBuffer): NativeColumn => ({
      name,
      type: 'String',
      values: [(keep ? keepStrings(column, keep) : column).written()],
    });
    const terms = (name: string, column: TermColumn): NativeColumn => ({
      name,
      type: LOW_CARDINALITY,
      dictionaries: [column.dictionary(keep)],
    });
    const fixed = (name: string, type: string, size: number, column: ByteBuffer): NativeColumn => ({
      name,
      type,
      values: [(keep ? keepFixed(column, size, keep) : column).written()],
    });
    return [
      terms('source', this.#source),
      text('id', this.#id),
      terms('type', this.#type),
      fixed('time', MICROS_TYPE, 8, this.#time),
      fixed('utc_offset_min', 'Int16', 2, this.#offset),
      terms('department', this.#department),
      terms('region', this.#region),
      text('subject', this.#subject),
      text('data', this.#data),
      fixed('facts_mark', 'UInt32', 4, this.#factsMark),
      text('facts', this.#facts),
      ...TEXT_COLUMNS.map((name, column) => text(name, this.#texts[column]!)),
      fixed(DAY_COLUMN, 'Date32', 4, this.#day),
      text('extensions', this.#extensions),
      ...this.#origins.columns(keep),
    ];
  }
}

function grown(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
