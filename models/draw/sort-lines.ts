import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Run } from './sorted-run.ts';

const LF = 0x0a;
/** Bytes of lines that are sorted in memory; more than this goes through temporary files. */
const RUN_BYTES = 16 << 20;

/**
 * The lines sorted bytewise by id, some at a time. Frames above `runBytes` are sorted in pieces, kept in temporary files and
 * merged, so memory does not grow with the frame.
 */
export async function* sortLines(
  batches: AsyncIterable<Buffer[]>,
  idOf: (line: Buffer) => string,
  runBytes = RUN_BYTES,
): AsyncIterable<Buffer[]> {
  let run = new Run();
  let directory: string | undefined;
  const files: string[] = [];
  try {
    for await (const lines of batches) {
      for (const line of lines) run.add(line, idOf(line));
      if (run.bytes < runBytes) continue;
      directory ??= await mkdtemp(join(tmpdir(), 'hengjian-frame-'));
      files.push(join(directory, String(files.length)));
      await pipeline(Readable.from(chunksOf(run)), createWriteStream(files.at(-1)!, { mode: 0o600 }));
      run = new Run();
    }
    yield* files.length === 0 ? run.sorted() : merge([...files.map(linesOfFile), asAsync(run.sorted())], idOf);
  } finally {
    if (directory) await rm(directory, { recursive: true, force: true });
  }
}

/** Merges sorted streams; their number is small (a stream a 16 MB), so the smallest head is found by looking at each. */
async function* merge(streams: AsyncIterable<Buffer[]>[], idOf: (line: Buffer) => string): AsyncIterable<Buffer[]> {
  const heads = await Promise.all(streams.map((stream) => Head.open(stream, idOf)));
  let merged: Buffer[] = [];
  for (;;) {
    let least: Head | undefined;
    for (const head of heads) if (head.line && (!least || head.id < least.id)) least = head;
    if (!least) break;
    merged.push(least.line!);
    if (!least.step()) await least.refill();
    if (merged.length >= 10_000) {
      yield merged;
      merged = [];
    }
  }
  if (merged.length > 0) yield merged;
}

class Head {
  line: Buffer | undefined;
  id = '';
  readonly #batches: AsyncIterator<Buffer[]>;
  readonly #idOf: (line: Buffer) => string;
  #lines: Buffer[] = [];
  #at = 0;

  private constructor(batches: AsyncIterable<Buffer[]>, idOf: (line: Buffer) => string) {
    this.#batches = batches[Symbol.asyncIterator]();
    this.#idOf = idOf;
  }

  static async open(batches: AsyncIterable<Buffer[]>, idOf: (line: Buffer) => string): Promise<Head> {
    const head = new Head(batches, idOf);
    await head.refill();
    return head;
  }

  /** False where the batch is used up and `refill` must follow. */
  step(): boolean {
    this.line = this.#lines[this.#at++];
    if (!this.line) return false;
    this.id = this.#idOf(this.line);
    return true;
  }

  async refill(): Promise<void> {
    do {
      const { value, done } = await this.#batches.next();
      if (done) return;
      this.#lines = value;
      this.#at = 0;
    } while (!this.step());
  }
}

function* chunksOf(run: Run): Iterable<Buffer> {
  for (const lines of run.sorted()) yield Buffer.concat(lines.flatMap((line) => [line, Buffer.of(LF)]));
}

async function* linesOfFile(path: string): AsyncIterable<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const block of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, block]) : block;
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
      lines.push(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
    yield lines;
  }
}

async function* asAsync<T>(items: Iterable<T>): AsyncIterable<T> {
  yield* items;
}
