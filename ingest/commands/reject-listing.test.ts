/** A list of any length is written while it is read: a reader that waits holds up the reading, and nothing piles up. */
import { Writable } from 'node:stream';
import { writePieces } from '@hengjian/warehouse/write-pieces.ts';
import { expect, test } from 'vitest';
import type { Reject } from '../store/rejects/open-rejects.ts';
import { rejectsAsJson, rejectsAsText } from './reject-listing.ts';

const reject = (n: number): Reject => ({
  reject_id: `r-${n}`,
  recorded_at: '2025-04-01 09:00:00',
  reason: 'json_syntax',
  detail: 'd',
  source: '',
  id: '',
  type: '',
  origin: 'o\u001b[31m',
  from: { kind: 'file', name: 'f', through_edge: false, refused_at: 0 },
  size: 200_000,
  bytes: Buffer.alloc(200_000, 'x'),
});

test.each([
  ['json', rejectsAsJson],
  ['text', rejectsAsText],
])('%s: what is not read yet is not fetched', async (_, pieces) => {
  let fetched = 0;
  let written = '';
  let most = 0;
  async function* rows() {
    for (; fetched < 2_000; fetched += 1) yield reject(fetched);
  }
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      // The text of a row is small: some hundreds go into one piece.
      written += String(chunk).replaceAll(/x{9,}/g, 'x');
      most = Math.max(most, fetched - written.split('r-').length + 1);
      setImmediate(done);
    },
  });
  await writePieces(slow, pieces(rows()));
  expect(written.split('r-').length - 1).toBe(2_000);
  expect(most).toBeLessThan(1_500);
  expect(written).not.toContain('\u001b');
});

test('JSON is one array, also of nothing', async () => {
  const all = async (n: number) => {
    async function* rows() {
      for (let at = 0; at < n; at += 1) yield reject(at);
    }
    return JSON.parse((await Array.fromAsync(rejectsAsJson(rows()))).join('')) as Record<string, unknown>[];
  };
  expect(await all(0)).toEqual([]);
  const [first, second] = await all(2);
  expect([first!.reject_id, second!.reject_id, first!.from]).toEqual(['r-0', 'r-1', undefined]);
});
