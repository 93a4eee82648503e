/** The bytes of an import file, plain or gzip (told by its first bytes), chunk by chunk. */
import { open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { CommandError } from '@hengjian/warehouse';

/** A file that cannot be read (to its end); the message names it and says why. Commands end with exit code 2. */
export class UnreadableFileError extends CommandError {
  constructor(message: string) {
    super(message, 2);
  }
}

export interface OpenedFile {
  size: number;
  gzip: boolean;
}

/** @throws UnreadableFileError if there is nothing to read */
export async function probeFile(path: string): Promise<OpenedFile> {
  try {
    const handle = await open(path, 'r');
    try {
      const info = await handle.stat();
      if (info.isDirectory()) throw new UnreadableFileError(`${path} is a directory; name the files in it`);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      return { size: info.size, gzip: bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof UnreadableFileError ? error : new UnreadableFileError(worded(path, error));
  }
}

/**
 * @param onRead is told how many bytes of the file have been read
 * @throws UnreadableFileError after all bytes that could be read were handed out
 */
export async function* readFileBytes(
  path: string,
  { gzip }: OpenedFile,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  try {
    if (!gzip) yield* plainBytes(path, onRead);
    else yield* gunzipped(path, onRead);
  } catch (error) {
    throw error instanceof UnreadableFileError ? error : new UnreadableFileError(worded(path, error));
  }
}

/** A chunk is checked in one go (2–3 ms); larger ones would hold up the block that is being sent meanwhile. */
const CHUNK = 256 * 1024;

/** Read at once: each read is handed to another thread and back, which costs more than copying it. */
const READ = 4 * CHUNK;

/**
 * Into two buffers in turns: while one is being checked the next is read. Each chunk is good until the next is asked for;
 * fresh ones would keep the collector busy.
 */
async function* plainBytes(path: string, onRead: (bytes: number) => void, chunk = CHUNK): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r');
  let ahead: Promise<{ bytesRead: number; buffer: Buffer }> | undefined;
  try {
    let free: Buffer = Buffer.allocUnsafeSlow(READ);
    let other: Buffer = Buffer.allocUnsafeSlow(READ);
    ahead = handle.read(free, 0, READ);
    for (let read = 0; ; ) {
      const { bytesRead, buffer } = await ahead;
      if (bytesRead === 0) return;
      [free, other] = [other, buffer];
      ahead = handle.read(free, 0, READ);
      // It is awaited in the next round, or below when nobody asks for that.
      ahead.catch(() => {});
      for (let start = 0; start < bytesRead; start += chunk) {
        // What is being sent meanwhile has its turn.
        if (start > 0) await setImmediate();
        const end = Math.min(start + chunk, bytesRead);
        onRead(read + end);
        yield buffer.subarray(start, end);
      }
      read += bytesRead;
    }
  } finally {
    await ahead?.catch(() => {});
    await handle.close();
  }
}

const PACKED_CHUNK = 64 * 1024;

async function* gunzipped(path: string, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const first = new Unpacking();
  let handed = 0;
  let goodBytes = 0;
  for await (const chunk of plainBytes(path, onRead, PACKED_CHUNK)) {
    const unpacked = await first.push(chunk);
    for (const piece of unpacked) handed += piece.length;
    yield* unpacked;
    if (first.failure) break;
    goodBytes += chunk.length;
  }
  const damaged = first.failure !== undefined;
  yield* await first.end();
  if (!first.failure) return;
  if (damaged) yield* restOfDamaged(path, goodBytes, handed);
  const { message } = first.failure;
  const cut = /unexpected end of file/i.test(message);
  throw new UnreadableFileError(`${path}: the gzip data are ${cut ? 'cut off' : `damaged (${message})`}`);
}

/**
 * What zlib had unpacked of the write in which it failed, and dropped: the file again, byte by byte behind `goodBytes`.
 * @param handed unpacked bytes that were handed out before
 */
async function* restOfDamaged(path: string, goodBytes: number, handed: number): AsyncGenerator<Buffer> {
  const again = new Unpacking();
  let read = 0;
  let skip = handed;
  for await (const chunk of plainBytes(path, () => {}, PACKED_CHUNK)) {
    const step = read < goodBytes ? chunk.length : 1;
    for (let at = 0; at < chunk.length && !again.failure; at += step) {
      for (const piece of await again.push(chunk.subarray(at, at + step))) {
        if (piece.length > skip) yield piece.subarray(skip);
        skip = Math.max(0, skip - piece.length);
      }
    }
    read += chunk.length;
    if (again.failure) break;
  }
  await again.end();
}

/** As a stream in a pipeline, zlib would drop what it had unpacked before an error: so it is fed by hand. */
class Unpacking {
  failure: Error | undefined;
  readonly #gunzip = createGunzip({ chunkSize: 256 * 1024 });
  readonly #ready: Buffer[] = [];
  readonly #ended: Promise<void>;

  constructor() {
    this.#gunzip.on('data', (piece: Buffer) => this.#ready.push(piece));
    this.#ended = new Promise<void>((resolve) => {
      this.#gunzip.once('end', resolve);
      this.#gunzip.once('error', (error) => {
        this.failure = error;
        resolve();
      });
    });
  }

  async push(packed: Buffer): Promise<Buffer[]> {
    await Promise.race([new Promise<void>((resolve) => this.#gunzip.write(packed, () => resolve())), this.#ended]);
    return this.#ready.splice(0);
  }

  async end(): Promise<Buffer[]> {
    if (!this.failure) this.#gunzip.end();
    await this.#ended;
    this.#gunzip.destroy();
    return this.#ready.splice(0);
  }
}

const WORDS: Record<string, string> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a directory',
};

function worded(path: string, error: unknown): string {
  const code = (error as { code?: string }).code ?? '';
  return `${path} ${WORDS[code] ?? `cannot be read: ${error instanceof Error ? error.message : String(error)}`}`;
}
