import { NO_TERM, type Term } from './term.ts';

const EMPTY = Buffer.alloc(0);

/** A checked event as ranges of bytes, reused from event to event: whoever needs it longer copies it. */
export class EventFields {
  source: Term = NO_TERM;
  type: Term = NO_TERM;
  department: Term = NO_TERM;
  region: Term = NO_TERM;
  /** Holds id, subject and data. */
  bytes: Buffer = EMPTY;
  idStart = 0;
  idEnd = 0;
  /** Empty range: no subject. */
  subjectStart = 0;
  subjectEnd = 0;
  /** `data` verbatim. */
  dataStart = 0;
  dataEnd = 0;
  /** Other members of the envelope as one JSON object, or empty. */
  extensions: Buffer = EMPTY;
  extensionsEnd = 0;
  /** µs since 1970-01-01T00:00Z. */
  timeMicros = 0;
  utcOffsetMinutes = 0;
}
