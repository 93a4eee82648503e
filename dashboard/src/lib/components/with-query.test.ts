import { expect, test } from 'vitest';
import { withQuery } from './with-query.ts';

test('changes what is named, keeps the rest, drops what is empty', () => {
  const url = new URL('http://h/heat?quarter=2025Q2&unit=a');
  expect(withQuery(url, { unit: 'b c' })).toBe('/heat?quarter=2025Q2&unit=b+c');
  expect(withQuery(url, { unit: '', quarter: '' })).toBe('/heat');
});
