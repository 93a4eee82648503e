import { TEXT_COLUMNS } from '@hengjian/contract/facts/fact-columns.ts';
import { NO_TERM, type Term } from './term.ts';
import { NO_DAY_NUMBER } from './timestamp.ts';

const EMPTY = Buffer.alloc(0);

/** What measures read of an event. */
export class EventFacts {
  /** Canonical JSON in `[0, end)`; empty where `data` is its own canonical form. */
  json: Buffer = EMPTY;
  end = 0;
  /** Holds the texts of the columns (TEXT_COLUMNS). */
  bytes: Buffer = EMPTY;
  readonly starts = new Int32Array(TEXT_COLUMNS.length);
  /** Empty range: no text. */
  readonly ends = new Int32Array(TEXT_COLUMNS.length);
  /** Days since 1970-01-01, or NO_DAY_NUMBER. */
  day = NO_DAY_NUMBER;

  clear(): void {
    this.end = 0;
    for (let column = 0; column < TEXT_COLUMNS.length; column += 1) {
      this.starts[column] = 0;
      this.ends[column] = 0;
    }
    this.day = NO_DAY_NUMBER;
  }
}

/** A checked event as ranges of bytes, reused from event to event: whoever needs it longer copies it. */
export class EventFields {
  source: Term = NO_TERM;
  type: Term = NO_TERM;
  /** Of the declaration by which the facts were written (factsMark). */
  factsMark = 0;
  department: Term = NO_TERM;
  region: Term = NO_TERM;
  /** Holds id, subject and data. */
  bytes: Buffer = EMPTY;
  /** Of `bytes`. */
  view: DataView = new DataView(EMPTY.buffer, EMPTY.byteOffset, EMPTY.length);
  idStart = 0;
  idEnd = 0;
  /** Empty range: no subject. */
  subjectStart = 0;
  subjectEnd = 0;
  /** `data` verbatim. */
  dataStart = 0;
  dataEnd = 0;
  readonly facts = new EventFacts();
  /** Other members of the envelope as one JSON object, or empty. */
  extensions: Buffer = EMPTY;
  extensionsEnd = 0;
  /** µs since 1970-01-01T00:00Z. */
  timeMicros = 0;
  utcOffsetMinutes = 0;
}
