/** The entries of a zip file, unpacked as streams. Sizes are known before anything is unpacked, and hold. */
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { MAX_UNPACKED_BYTES, NOT_STORED, unreadable } from './workbook.ts';

const MOST_ENTRIES = 10_000;

export class ZipArchive {
  readonly #path: string;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(path: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#path = path;
    this.#zip = zip;
    this.#entries = entries;
  }

  /** @throws UnreadableFileError if it is damaged, encrypted, or too large when unpacked */
  static async open(path: string): Promise<ZipArchive> {
    let zip: ZipFile;
    try {
      zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: true });
    } catch (error) {
      throw damaged(path, error);
    }
    try {
      const entries = new Map<string, Entry>();
      let bytes = 0;
      for await (const entry of zip.eachEntry()) {
        bytes += entry.uncompressedSize;
        if (bytes > MAX_UNPACKED_BYTES)
          throw unreadable(
            path,
            `is larger than 1 GiB when unpacked and ${NOT_STORED}; split the table into smaller files`,
          );
        if (entries.size >= MOST_ENTRIES)
          throw unreadable(
            path,
            `holds more than ${MOST_ENTRIES} entries and ${NOT_STORED}; it is no workbook of an office`,
          );
        entries.set(entry.fileName.replaceAll('\\', '/').toLowerCase(), entry);
      }
      return new ZipArchive(path, zip, entries);
    } catch (error) {
      zip.close();
      throw damaged(path, error);
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  /** As they are spelt in the archive; those of folders are left out. */
  originalNames(): string[] {
    return [...this.#entries.values()].map(({ fileName }) => fileName).filter((name) => !name.endsWith('/'));
  }

  /** @throws UnreadableFileError, also while it is read */
  async *chunks(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry)
      throw unreadable(this.#path, `is a damaged workbook (${name} is missing); save it again in the spreadsheet`);
    let stream: Readable | undefined;
    try {
      if (entry.isEncrypted())
        throw unreadable(this.#path, `is protected by a password and ${NOT_STORED}; save it without one`);
      stream = await this.#zip.openReadStreamPromise(entry);
      yield* stream as AsyncIterable<Buffer>;
    } catch (error) {
      throw damaged(this.#path, error);
    } finally {
      stream?.destroy();
    }
  }

  close(): void {
    this.#zip.close();
  }
}

function damaged(path: string, error: unknown): Error {
  if (error instanceof Error && error.name === 'UnreadableFileError') return error;
  if (error instanceof Error && 'exitCode' in error) return error;
  return unreadable(
    path,
    `is damaged (${error instanceof Error ? error.message : String(error)}) and ${NOT_STORED}; export or save it again`,
  );
}
