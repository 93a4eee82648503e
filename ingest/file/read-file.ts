/** The bytes of an import file, plain or gzip (told by its first bytes), chunk by chunk. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

/** A file that cannot be read (to its end); the message names it and says why. */
export class UnreadableFileError extends Error {}

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
  const file = createReadStream(path, { highWaterMark: gzip ? 64 * 1024 : 1024 * 1024 });
  const counted = (async function* () {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      onRead(file.bytesRead);
      yield chunk;
    }
  })();
  try {
    yield* gzip ? gunzipped(path, counted) : counted;
  } catch (error) {
    throw error instanceof UnreadableFileError ? error : new UnreadableFileError(worded(path, error));
  }
}

/** As a stream in a pipeline, zlib would drop what it had unpacked before an error: so it is fed by hand. */
async function* gunzipped(path: string, compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const ready: Buffer[] = [];
  let failure: Error | undefined;
  gunzip.on('data', (chunk: Buffer) => ready.push(chunk));
  const ended = new Promise<void>((resolve) => {
    gunzip.once('end', resolve);
    gunzip.once('error', (error) => {
      failure = error;
      resolve();
    });
  });
  try {
    for await (const chunk of compressed) {
      await Promise.race([new Promise<void>((resolve) => gunzip.write(chunk, () => resolve())), ended]);
      yield* ready.splice(0);
      if (failure) break;
    }
    gunzip.end();
    await ended;
    yield* ready.splice(0);
  } finally {
    gunzip.destroy();
  }
  if (failure) {
    const cut = /unexpected end of file/i.test((failure as Error).message);
    throw new UnreadableFileError(
      `${path}: the gzip data are ${cut ? 'cut off' : `damaged (${(failure as Error).message})`}`,
    );
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
