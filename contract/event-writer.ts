/**
 * The one way to write events: whoever brings them is given an `EventWriter` and does not ask where they go. There are
 * three: the sink in front of the warehouse, the event log (Kafka), and the edge of a running `up`.
 */
import type { Owners } from './owners.ts';
import type { Reason } from './reasons.ts';
import type { WriteRights } from './write-rights.ts';

/** Where events come from. The position inside (line, index, offset) is kept per event. */
export interface Origin {
  kind: 'http' | 'file' | 'kafka' | 'replay' | 'product';
  /** Path of the file, name of the key, topic; of events of the product, who wrote them. */
  name: string;
  /** Partition of the topic, else 0. */
  part: number;
  /** Request id, or nil. */
  request: string;
}

export interface RejectedEvent {
  /** Position within the submission. */
  index: number;
  id: string;
  reason: string;
  detail: string;
}

/** What became of a submission. */
export interface Outcome {
  accepted: number;
  duplicate: number;
  /** Number of refused events. */
  rejected: number;
  /** The refused events, where the submission was opened to name them. */
  rejections: RejectedEvent[];
}

/** What keeps events from becoming durable, while attempts go on. */
export interface StorageFault {
  what: 'warehouse' | 'log';
  /** undefined: no answer yet, neither good nor bad */
  error: Error | undefined;
  /** performance.now() when it began */
  since: number;
}

export interface SubmissionOptions {
  origin: Origin;
  rights: WriteRights;
  /** Whose the things are that the events act upon; for limited rights. */
  owners?: Owners | undefined;
  /** Keep each rejection for the answer. */
  nameRejections?: boolean;
}

/** The events of one request, file or form, on their way. */
export interface Submission {
  readonly origin: Origin;
  readonly rights: WriteRights;
  /** Why one of its events could not be stored; the same events may be sent again. */
  readonly failure: Error | undefined;
}

export interface Written {
  accepted: number;
  /** null: the log finds duplicates later. */
  duplicate: number | null;
  rejected: (Omit<RejectedEvent, 'id'> & { id: string | null })[];
}

/** An event of a table at its place, or what is kept of a row that became none. */
export interface PlacedRow {
  /** Of the sheet, from 1; several events of one row have the same. */
  row: number;
  bytes: Buffer;
  /** Why the row became no event. */
  refusal?: { reason: Reason; detail: string; source: string } | undefined;
  /** What is expected to become of it; counts where an answer was lost and the same rows were sent twice. */
  expected: 'accepted' | 'duplicate' | 'rejected';
}

/** Each event is checked, authorized, then written; what is refused on the way is kept among the rejects. */
export interface EventWriter {
  /** For small producers (forms, closing, draws). Resolves when all is durable. @throws when it could not be stored */
  write(events: readonly object[], rights: WriteRights): Promise<Written>;

  /** Rows of one sheet. Resolves when all is durable. @throws when it could not be stored */
  writeRows(rows: readonly PlacedRow[], options: SubmissionOptions): Promise<Outcome>;

  /** For streams of bytes: open, take event after event, flush. */
  open(options: SubmissionOptions): Submission;
  /**
   * Takes one event: the bytes `[start, end)`, which may be reused afterwards.
   * @param position line, index or offset within the submission's origin
   * @param validUtf8 whether the bytes are known to be valid UTF-8
   */
  take(submission: Submission, bytes: Buffer, start: number, end: number, position: number, validUtf8: boolean): void;
  /** Takes an event of which only the head was read, because it is too large. */
  takeOversized(submission: Submission, head: Buffer, size: number, sha256: string, position: number): void;
  /** Whether more may be taken now; callers without patience ask first, others wait for `room()`. */
  hasRoom(): boolean;
  room(): Promise<void>;
  /** Resolves when what the submission handed over is durable. @throws when it could not be stored */
  flush(submission: Submission): Promise<Outcome>;
  /** Why what waits is not durable yet; undefined when nothing waits or all goes well. */
  readonly fault: StorageFault | undefined;
  /** The log does not: there the workers find them later. */
  readonly findsDuplicates: boolean;
}
