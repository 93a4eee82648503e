import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter, type Piece } from './line-splitter.ts';

function split(chunks: readonly Buffer[]): Piece[] {
  const splitter = new LineSplitter();
  return [...chunks.flatMap((chunk) => [...splitter.push(chunk)]), ...splitter.end()];
}

test('wherever the stream is cut, whole lines come out and nothing is lost', () => {
  const text = fc
    .array(fc.constantFrom('a', '\n', 'bc', '甲', '\r\n', ''), { maxLength: 60 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.array(fc.nat(100)), (whole, cuts) => {
      const bytes = Buffer.from(whole);
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b);
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index]!, end));
      const pieces = split(chunks).map((piece) => ('lines' in piece ? piece.lines : Buffer.alloc(0)));
      expect(Buffer.concat(pieces).toString()).toBe(whole);
      for (const piece of pieces.slice(0, -1)) expect(piece.at(-1)).toBe(10);
    }),
  );
});

test('a line that cannot be an event is hashed, not held; its neighbours are whole', () => {
  const chunk = Buffer.alloc(1024 * 1024, 120);
  const pieces = split([
    Buffer.from('before\nxx'),
    ...Array.from({ length: 9 }, () => chunk),
    Buffer.from('yy\nafter'),
  ]);
  const size = 4 + 9 * chunk.length;
  const sha256 = createHash('sha256')
    .update('xx')
    .update(Buffer.alloc(9 * chunk.length, 120))
    .update('yy')
    .digest('hex');
  expect(pieces).toHaveLength(3);
  expect(pieces[0]).toEqual({ lines: Buffer.from('before\n') });
  expect(pieces[1]).toMatchObject({ oversized: { size, sha256 } });
  expect('oversized' in pieces[1]! && pieces[1].oversized.head.length).toBe(1024 * 1024);
  expect(pieces[2]).toEqual({ lines: Buffer.from('after') });
});
