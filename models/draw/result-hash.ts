import { bytewise } from './frame-layout.ts';
import { sha256 } from './sha256.ts';

/** Hash of the ids, sorted bytewise, each followed by LF (draw.md §8); hex. */
export function resultHash(ids: readonly string[]): string {
  const lines = ids
    .map(bytewise)
    .sort()
    .map((id) => `${id}\n`);
  return sha256(Buffer.from(lines.join(''), 'latin1')).toString('hex');
}
