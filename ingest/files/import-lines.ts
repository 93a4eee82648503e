import type { EventWriter, SubmissionOptions } from '@hengjian/contract/event-writer.ts';
import { fullRights } from '@hengjian/contract/write-rights.ts';
import { NO_REQUEST } from '../store/origin.ts';
import { importBytes } from './import-bytes.ts';
import { type ImportCounts, lineReceiver } from './line-receiver.ts';

export interface ImportLinesOptions {
  writer: EventWriter;
  /** What origin says. */
  name: string;
  /** Pieces of NDJSON, cut anywhere; strings are UTF-8. */
  lines: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  /** Told the number of bytes handed over so far. */
  onProgress?: (bytes: number) => void;
}

/** Of a file at the command line: whoever holds the data directory may bring everything. @param name its path */
export const fileSubmission = (name: string): SubmissionOptions => ({
  origin: { kind: 'file', name, part: 0, request: NO_REQUEST },
  rights: fullRights(name),
});

/** Import as `import` does it. @throws when the lines could not be read or stored */
export async function importLines({ writer, name, lines, onProgress }: ImportLinesOptions): Promise<ImportCounts> {
  const buffers = async function* () {
    let bytes = 0;
    for await (const piece of lines) {
      const buffer =
        typeof piece === 'string'
          ? Buffer.from(piece, 'utf8')
          : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      yield buffer;
      bytes += buffer.length;
      onProgress?.(bytes);
    }
  };
  const { failure, ...counts } = await importBytes(buffers(), lineReceiver(writer, fileSubmission(name)));
  if (failure) throw failure;
  return counts;
}
