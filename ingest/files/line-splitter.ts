/** Cuts a stream of bytes into pieces of whole lines. A line too large to be an event is never held as a whole. */
import { createHash, type Hash } from 'node:crypto';
import { MAX_EVENT_BYTES, MAX_KEPT_BYTES } from '@hengjian/contract/limits.ts';

const LF = 10;

export interface OversizedLine {
  /** The first MiB. */
  head: Buffer;
  size: number;
  sha256: string;
}

export type Piece = { lines: Buffer } | { oversized: OversizedLine };

/** The chunks may be reused by their reader once the pieces of one have been handled: what is held longer is copied. */
export class LineSplitter {
  #partial: Buffer[] = [];
  #partialBytes = 0;
  #oversized: { head: Buffer; size: number; hash: Hash } | undefined;

  *push(chunk: Buffer): Generator<Piece> {
    let rest = chunk;
    if (this.#oversized) {
      const end = rest.indexOf(LF);
      this.#skip(end < 0 ? rest : rest.subarray(0, end));
      if (end < 0) return;
      yield this.#endOversized();
      rest = rest.subarray(end + 1);
    }
    const lastEnd = rest.lastIndexOf(LF) + 1;
    if (lastEnd > 0) yield* this.#whole(rest, lastEnd);
    if (lastEnd < rest.length) this.#hold(rest.subarray(lastEnd));
  }

  /** The last line may lack its line feed. */
  *end(): Generator<Piece> {
    if (this.#oversized) yield this.#endOversized();
    else if (this.#partialBytes > 0) yield { lines: this.#take() };
  }

  /** Whether a line has begun and not ended. */
  get midLine(): boolean {
    return this.#partialBytes > 0 || this.#oversized !== undefined;
  }

  /** Only the line that began before is put together; the others are not copied. */
  *#whole(chunk: Buffer, end: number): Generator<Piece> {
    let start = 0;
    if (this.#partialBytes > 0) {
      start = chunk.indexOf(LF) + 1;
      this.#partial.push(chunk.subarray(0, start));
      yield { lines: this.#take() };
    }
    if (start < end) yield { lines: chunk.subarray(start, end) };
  }

  #hold(bytes: Buffer): void {
    this.#partial.push(Buffer.from(bytes));
    this.#partialBytes += bytes.length;
    if (this.#partialBytes <= MAX_EVENT_BYTES) return;
    const start = this.#take();
    this.#oversized = { head: Buffer.from(start.subarray(0, MAX_KEPT_BYTES)), size: 0, hash: createHash('sha256') };
    this.#skip(start);
  }

  #take(): Buffer {
    const whole = this.#partial.length === 1 ? this.#partial[0]! : Buffer.concat(this.#partial);
    this.#partial = [];
    this.#partialBytes = 0;
    return whole;
  }

  #skip(bytes: Buffer): void {
    this.#oversized!.size += bytes.length;
    this.#oversized!.hash.update(bytes);
  }

  #endOversized(): Piece {
    const { head, size, hash } = this.#oversized!;
    this.#oversized = undefined;
    return { oversized: { head, size, sha256: hash.digest('hex') } };
  }
}
