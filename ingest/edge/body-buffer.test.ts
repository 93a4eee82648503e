import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BodyBuffer } from './body-buffer.ts';
import { OpenBytes } from './open-bytes.ts';

const MOST = 100_000;

test('what is written is what came, whatever was expected; the share is given back', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 9_000 }), { maxLength: 20 }), fc.nat(MOST), (chunks, expected) => {
      const whole = Buffer.concat(chunks);
      const open = new OpenBytes(MOST);
      const share = open.share('a key');
      const body = BodyBuffer.open({ share, expected, most: MOST, besides: 0 })!;
      const outcomes = new Set(chunks.map((chunk) => body.append(chunk)));
      if (whole.length <= MOST) {
        expect([...outcomes].filter((outcome) => outcome !== 'taken')).toEqual([]);
        expect(body.written().equals(whole)).toBe(true);
      } else expect(outcomes).toContain('too_large');
      // What is held nobody else has; all of it is there again afterwards.
      expect(open.share('a key').raise(MOST - body.written().length + 1)).toBe(false);
      body.drop();
      expect(body.written()).toHaveLength(0);
      expect(open.share('a key').raise(MOST)).toBe(true);
    }),
  );
});

test('where there is no room for more, nothing more is taken', () => {
  const open = new OpenBytes(50_000);
  const other = open.share('a key');
  const options = { share: open.share('a key'), expected: 10_000, most: MOST, besides: 5_000 };
  expect(other.raise(40_000)).toBe(true);
  expect(BodyBuffer.open(options)).toBeUndefined();
  other.release();
  const body = BodyBuffer.open(options)!;
  expect(body.append(Buffer.alloc(10_000))).toBe('taken');
  expect(other.raise(1)).toBe(false);
  const third = open.share('a key');
  expect(third.raise(34_000)).toBe(true);
  expect(body.append(Buffer.alloc(1))).toBe('no_room');
  third.release();
  expect(body.append(Buffer.alloc(1))).toBe('taken');
});
