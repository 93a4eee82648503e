import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStreamRange, streamRanges, streamWindow } from './stream-range.ts';

test('every event of the period falls into a bar', () => {
  fc.assert(
    fc.property(fc.constantFrom('1h' as const, '24h' as const), fc.integer({ min: 1e12, max: 2e12 }), (range, at) => {
      const { from, to } = streamWindow(range, at);
      expect(from).toBeLessThanOrEqual(at - streamRanges[range].minutes * 60_000);
      expect(to).toBeGreaterThan(at);
      expect((to - from) % (streamRanges[range].step * 60_000)).toBe(0);
    }),
  );
});

test('other words are no periods', () => {
  expect(isStreamRange('7d')).toBe(false);
  expect(isStreamRange('toString')).toBe(false);
});
