/** What can be read only once (standard input, a pipe, a FIFO), as a file: a file is told by its head, then read again. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UnreadableFileError } from './read-file.ts';

export const STANDARD_INPUT = '-';

export interface SpooledInput {
  /** What to read: the file itself, or the copy of what came once. */
  path: string;
  /** What messages and origins say instead of `path`. */
  name: string;
  /** Whether `path` is such a copy. */
  copied: boolean;
  /** Removes the copy. */
  release(): Promise<void>;
}

const PREFIX = 'spooled-';

/** Who was killed could not remove its copy. */
async function removeForsaken(dataDir: string): Promise<void> {
  for (const entry of await readdir(dataDir)) {
    const owner = /^spooled-(\d+)-/.exec(entry)?.[1];
    if (owner !== undefined && !isAlive(Number(owner)))
      await rm(join(dataDir, entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * @param path `-` is the standard input
 * @param dataDir takes the copy, readable by this user only: /tmp may be memory, and is everybody's
 * @throws UnreadableFileError where the input breaks off or there is no room for the copy
 */
export async function spoolInput(path: string, dataDir: string, stdin: NodeJS.ReadableStream): Promise<SpooledInput> {
  const isStdin = path === STANDARD_INPUT;
  // What cannot be looked at is left to the reader, which says why.
  const info = isStdin ? undefined : await stat(path).catch(() => undefined);
  const once = isStdin || info?.isFIFO() || info?.isSocket() || info?.isCharacterDevice();
  if (!once) return { path, name: resolve(path), copied: false, release: async () => {} };
  const name = isStdin ? 'standard input' : resolve(path);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await removeForsaken(dataDir);
  const directory = await mkdtemp(join(dataDir, `${PREFIX}${process.pid}-`));
  const release = () => rm(directory, { recursive: true, force: true });
  const copy = join(directory, 'input');
  try {
    await pipeline(isStdin ? stdin : createReadStream(path), createWriteStream(copy, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await release();
    const why = error instanceof Error ? error.message : String(error);
    throw new UnreadableFileError(`${name} could not be copied to ${dataDir}, so nothing of it is stored: ${why}`);
  }
  return { path: copy, name, copied: true, release };
}
