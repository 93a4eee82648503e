/**
 * The edge of a running `up` as a writer, for commands and parts beside it: it is the only one that writes there, and
 * finds the duplicates. File and line numbers go along.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type {
  EventWriter,
  Outcome,
  PlacedRow,
  Submission,
  SubmissionOptions,
  Written,
} from '@hengjian/contract/event-writer.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import { rowLine } from '../tables/import/placed-rows.ts';

const BODY_BYTES = 8 * 1024 * 1024;
const IN_FLIGHT = 3;
/** A file waits for an edge that is started again; somebody in front of a form does not. */
const LINES_RETRY_MS = 600_000;
const EVENTS_RETRY_MS = 20_000;
const LF = 10;

export interface RunningIngest {
  url: string;
  internalKey: string;
}

interface Lines extends Submission {
  failure: Error | undefined;
  outcome: Outcome;
  sending: Set<Promise<void>>;
  pieces: Buffer[];
  bytes: number;
  /** Number of the first line in `pieces`, and of the next one. */
  first: number;
  next: number;
}

export class RunningEdge implements EventWriter {
  readonly findsDuplicates: boolean;
  readonly fault = undefined;
  readonly #running: () => RunningIngest | undefined;
  /** In µs: a chunk whose answer was lost must not be counted as duplicates of itself. */
  readonly #began = Date.now() * 1000;
  readonly #sending = new Set<Promise<void>>();

  /** @param running asked for each request: an edge that was started again may listen elsewhere */
  constructor(running: () => RunningIngest | undefined, { findsDuplicates = true } = {}) {
    this.#running = running;
    this.findsDuplicates = findsDuplicates;
  }

  async write(events: readonly object[], rights: WriteRights): Promise<Written> {
    const body = Buffer.from(JSON.stringify(events), 'utf8');
    return await this.#send<Written>('/internal/events', { rights: JSON.stringify(rights) }, body, EVENTS_RETRY_MS);
  }

  async writeRows(rows: readonly PlacedRow[], { origin, rights }: SubmissionOptions): Promise<Outcome> {
    const query = { kind: origin.kind, name: origin.name, rights: JSON.stringify(rights) };
    const body = Buffer.concat(rows.map(rowLine));
    const { repeated, ...answer } = await this.#send<Outcome & { repeated: boolean }>(
      '/internal/rows',
      query,
      body,
      LINES_RETRY_MS,
      '&since=0',
    );
    if (!repeated) return answer;
    // Sent twice, its own events look like duplicates.
    const count = (outcome: PlacedRow['expected']) => rows.filter(({ expected }) => expected === outcome).length;
    return { ...answer, accepted: count('accepted'), duplicate: count('duplicate'), rejected: count('rejected') };
  }

  open({ origin, rights }: SubmissionOptions): Lines {
    const outcome = { accepted: 0, duplicate: 0, rejected: 0, rejections: [] };
    const nothing = { pieces: [], bytes: 0, first: 1, next: 1, sending: new Set<Promise<void>>(), failure: undefined };
    return { origin, rights, outcome, ...nothing };
  }

  /** Whole lines without their ends. @param position number of the line, from 1, greater than the one before */
  take(submission: Lines, bytes: Buffer, start: number, end: number, position: number): void {
    if (submission.pieces.length === 0) submission.first = submission.next = position;
    // What was skipped, blank lines, is sent as blank lines: the edge counts them.
    const piece = Buffer.alloc(position - submission.next + end - start + 1, LF);
    bytes.copy(piece, position - submission.next, start, end);
    submission.pieces.push(piece);
    submission.bytes += piece.length;
    submission.next = position + 1;
    if (submission.bytes >= BODY_BYTES) this.#sendLines(submission);
  }

  takeOversized(submission: Lines, head: Buffer, size: number, sha256: string, position: number): void {
    this.#sendLines(submission);
    const params = { line: String(position), size: String(size), sha256 };
    this.#start(submission, '/internal/oversized', params, Buffer.from(head));
  }

  hasRoom(): boolean {
    return this.#sending.size < IN_FLIGHT;
  }

  async room(): Promise<void> {
    while (!this.hasRoom()) await Promise.race(this.#sending);
  }

  async flush(submission: Lines): Promise<Outcome> {
    this.#sendLines(submission);
    await Promise.all(submission.sending);
    if (submission.failure) throw submission.failure;
    return submission.outcome;
  }

  #sendLines(submission: Lines): void {
    if (submission.pieces.length === 0) return;
    const body = Buffer.concat(submission.pieces);
    submission.pieces = [];
    submission.bytes = 0;
    this.#start(submission, '/internal/lines', { line: String(submission.first) }, body);
  }

  #start(submission: Lines, path: string, params: Record<string, string>, body: Buffer): void {
    const { outcome, rights } = submission;
    const { kind, name } = submission.origin;
    const query = { kind, name, rights: JSON.stringify(rights), ...params };
    const sent: Promise<void> = this.#send<Outcome>(path, query, body, LINES_RETRY_MS, `&since=${this.#began}`)
      .then(({ accepted, duplicate, rejected }) => {
        outcome.accepted += accepted;
        outcome.duplicate += duplicate;
        outcome.rejected += rejected;
      })
      .catch((error: Error) => {
        submission.failure ??= error;
      })
      .finally(() => {
        submission.sending.delete(sent);
        this.#sending.delete(sent);
      });
    submission.sending.add(sent);
    this.#sending.add(sent);
  }

  /** @param again what the query says besides when the request is repeated */
  async #send<T>(path: string, params: Record<string, string>, body: Buffer, retryMs: number, again = ''): Promise<T> {
    const deadline = performance.now() + retryMs;
    for (let repeated = ''; ; repeated = again) {
      let why = 'it does not run any more';
      const running = this.#running();
      try {
        if (running) {
          const target = `${running.url}${path}?${new URLSearchParams(params)}${repeated}`;
          const response = await fetch(target, {
            method: 'POST',
            headers: { authorization: `Bearer ${running.internalKey}`, 'content-type': 'application/octet-stream' },
            body: new Uint8Array(body),
          });
          if (response.ok) return (await response.json()) as T;
          why = `${response.status} ${await response.text()}`;
          if (![408, 429, 503].includes(response.status))
            throw new Error(`the running ingest part refused the events: ${why}`);
        }
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        why = String(error.cause ?? error);
      }
      if (performance.now() > deadline)
        throw new Error(`the running ingest part did not take the events for ${Math.round(retryMs / 1000)} s: ${why}`);
      await pause(500);
    }
  }
}
