import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skeletonOf } from './similar-name.ts';

test.each([
  ['office', 'оffice', 'Cyrillic о'],
  ['office', 'OFFICE', 'case'],
  ['office', 'ｏｆｆｉｃｅ', 'full width'],
  ['office', 'oﬃce', 'ligature'],
  ['office', 'offlce', 'l for i'],
  ['admin', 'adrnin', 'rn for m'],
  ['zhang1', 'zhangl', '1 for l'],
  ['café', 'cafe', 'accent'],
  ['bob0', 'bobo', '0 for o'],
])('%s and %s look alike (%s)', (one, other) => {
  expect(skeletonOf(one)).toBe(skeletonOf(other));
});

test('names that people tell apart stay apart', () => {
  const names = ['office', '王五', '王伍', 'scjg', 'scjq', 'li', 'zhang-2', 'zhang-3', 'a.b', 'a_b'];
  expect(new Set(names.map(skeletonOf)).size).toBe(names.length);
});

test('a skeleton is its own skeleton', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[\p{L}\p{N}._-]{1,64}$/u),
      (name) => skeletonOf(skeletonOf(name)) === skeletonOf(name),
    ),
  );
});
