import type { ImportCounts, LineReceiver } from './line-receiver.ts';
import { LineSplitter, type Piece } from './line-splitter.ts';
import { UnreadableFileError } from './read-file.ts';

export interface ImportedBytes extends ImportCounts {
  /** Why reading ended early; what came before is stored. */
  failure?: Error;
}

/** Hands chunk after chunk of NDJSON to the receiver. Lines are numbered from 1. */
export async function importBytes(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  receiver: LineReceiver,
): Promise<ImportedBytes> {
  const splitter = new LineSplitter();
  let line = 1;
  const hand = async (pieces: Iterable<Piece>) => {
    for (const piece of pieces) {
      if ('lines' in piece) line += await receiver.lines(piece.lines, line);
      else await receiver.oversized(piece.oversized, line++);
    }
  };
  let failure: Error | undefined;
  const source = asyncOf(chunks);
  for (;;) {
    let next: IteratorResult<Buffer>;
    try {
      next = await source.next();
    } catch (error) {
      const cut = splitter.midLine ? ` in the middle of line ${line}` : ` after line ${line - 1}`;
      const message = `${error instanceof Error ? error.message : String(error)}${cut}; the lines before are imported`;
      failure =
        error instanceof UnreadableFileError ? new UnreadableFileError(message) : new Error(message, { cause: error });
      break;
    }
    if (next.done) break;
    await hand(splitter.push(next.value));
  }
  if (!failure) await hand(splitter.end());
  return { ...(await receiver.finish()), ...(failure ? { failure } : {}) };
}

async function* asyncOf(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* chunks;
}
