import { describe, expect, it } from 'vitest';
import { slicesFor } from './count-slices.ts';

describe('slicesFor', () => {
  it.each([
    [0, 1],
    [100_000, 1],
    [100_001, 2],
    [750_000, 8],
    [10_000_000, 8],
  ])('%i events of a quarter: %i', (events, slices) => {
    expect(slicesFor(events)).toBe(slices);
  });
});
