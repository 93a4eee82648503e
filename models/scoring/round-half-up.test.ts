import { expect, it } from 'vitest';
import { roundHalfUp } from './round-half-up.ts';

it.each([
  ['17568827/210450', '83.48'],
  ['1201/200', '6.01'],
  ['1/3', '0.33'],
  ['0', '0.00'],
  ['10', '10.00'],
  ['1999/200', '10.00'],
])('%s is shown as %s', (exact, shown) => {
  expect(roundHalfUp(exact)).toBe(shown);
});
