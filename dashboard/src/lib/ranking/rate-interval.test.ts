import { expect, test } from 'vitest';
import { intervalText, rateInterval } from './rate-interval.ts';

test('the published example of Wilson’s interval; nothing where there is no rate', () => {
  expect(intervalText(rateInterval(81, 263)!)).toEqual({ lower: '25.5%', upper: '36.6%' });
  expect(rateInterval(0, 0)).toBeUndefined();
  expect(rateInterval(3, null)).toBeUndefined();
  expect(rateInterval(5, 4)).toBeUndefined();
});
