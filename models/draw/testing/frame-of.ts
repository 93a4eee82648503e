import { columnsOf } from '../frame-file.ts';
import type { FrameSource } from '../frame-source.ts';

/** A frame held in memory: header and rows as arrays of fields. */
export function frameOf(header: readonly string[], rows: readonly (readonly string[])[]): FrameSource {
  const lines = rows.map((fields) => Buffer.from(fields.join('\t')));
  return {
    name: 'frame.tsv',
    columns: columnsOf(header.join('\t'), 'frame.tsv'),
    async *batches() {
      yield lines;
    },
  };
}
