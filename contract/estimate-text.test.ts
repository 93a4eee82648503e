import { expect, test } from 'vitest';
import { estimateText } from './estimate-text.ts';
import { statisticText } from './statistic-text.ts';

test.each([
  // Rounded to four decimals first it would read 28.5%.
  [0.28446, '28.4%'],
  [0.28451, '28.5%'],
  // A double below the half that it stands for.
  [0.2845, '28.5%'],
  [0.1 + 0.2, '30.0%'],
  [1 - 2 ** -53, '100.0%'],
  [2 ** -60, '0.0%'],
  [0.9999, '99.99%'],
  [0.0004, '0.04%'],
  [0.99996, '100.0%'],
  [3e-7, '0.0%'],
])('the estimated share %d reads %s', (share, text) => {
  expect(estimateText(share)).toBe(text);
});

test.each([
  [1.005, 2, '1.01'],
  [-0.0004, 3, '0.000'],
  [1e-7, 3, '0.000'],
  [12.25, 1, '12.3'],
  [Number.NaN, 1, '–'],
  [Number.POSITIVE_INFINITY, 2, '–'],
])('%d with %d decimals reads %s', (value, digits, text) => {
  expect(statisticText(value, digits)).toBe(text);
});
