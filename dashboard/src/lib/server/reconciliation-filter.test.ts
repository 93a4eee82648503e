import { expect, test } from 'vitest';
import { freshSeed, rowFilter, sampling } from './reconciliation-filter.ts';

const params = (query: string) => new URLSearchParams(query);

test('what the address asks for, without what does not exist', () => {
  expect(rowFilter(params('unit=czj&list=licence&state=list_only'))).toEqual({
    unit: 'czj',
    list: 'licence',
    state: 'list_only',
  });
  expect(rowFilter(params('state=x'))).toEqual({ unit: '', list: '', state: '' });
});

test('a sample has a seed and a size within bounds', () => {
  expect(sampling(params(''))).toBeUndefined();
  expect(sampling(params('seed=a'))).toEqual({ seed: 'a', size: 20 });
  expect(sampling(params('seed=a&size=5'))).toEqual({ seed: 'a', size: 5 });
  expect(sampling(params('seed=a&size=0'))).toEqual({ seed: 'a', size: 1 });
  expect(sampling(params('seed=a&size=9999'))).toEqual({ seed: 'a', size: 200 });
  expect(freshSeed()).not.toBe(freshSeed());
});
