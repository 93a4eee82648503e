/** Events and refused rows of one file while it is read: on disk, since nothing may be stored before all of it is read. */
import { mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BUFFER_BYTES = 1024 * 1024;

export class EventSpool {
  #directory: string | undefined;
  readonly #offsets: number[] = [];
  #handle: FileHandle | undefined;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #bytes = 0;

  /** Number of entries. */
  get length(): number {
    return this.#offsets.length;
  }

  async append(bytes: Buffer): Promise<void> {
    this.#offsets.push(this.#bytes);
    this.#bytes += bytes.length;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= BUFFER_BYTES) await this.#flush();
  }

  /** All entries in order; each is good until the next is asked for. */
  async *entries(): AsyncGenerator<Buffer> {
    if (!this.#handle) {
      yield* this.#pending;
      return;
    }
    await this.#flush();
    const window = Buffer.allocUnsafe(BUFFER_BYTES);
    let start = 0;
    let end = 0;
    for (let index = 0; index < this.#offsets.length; index += 1) {
      const from = this.#offsets[index]!;
      const to = this.#offsets[index + 1] ?? this.#bytes;
      if (to - from > BUFFER_BYTES) {
        const large = Buffer.allocUnsafe(to - from);
        await this.#read(large, from);
        yield large;
        continue;
      }
      if (to > end || from < start) {
        start = from;
        end = Math.min(this.#bytes, from + BUFFER_BYTES);
        await this.#read(window.subarray(0, end - start), start);
      }
      yield window.subarray(from - start, to - start);
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    if (this.#directory) rmSync(this.#directory, { recursive: true, force: true });
  }

  async #flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    this.#directory ??= mkdtempSync(join(tmpdir(), 'hengjian-table-'));
    this.#handle ??= await open(join(this.#directory, 'events'), 'wx+', 0o600);
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    for (let written = 0; written < bytes.length; )
      written += (await this.#handle.write(bytes, written, bytes.length - written)).bytesWritten;
  }

  async #read(into: Buffer, from: number): Promise<void> {
    for (let got = 0; got < into.length; ) {
      const { bytesRead } = await this.#handle!.read(into, got, into.length - got, from + got);
      if (bytesRead === 0) throw new Error('the temporary file of the import was cut off');
      got += bytesRead;
    }
  }
}
