import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completeCodes, RESULT_CODES } from './result-codes.ts';

test('the codes are those that the check admits', () => {
  const { data } = eventTypes.get('result.entered') as unknown as {
    data: { properties: { codes: { items: { enum: string[] } } } };
  };
  expect(RESULT_CODES.map(({ code }) => code).sort()).toEqual([...data.properties.codes.items.enum].sort());
});

test('a kind brings what it is a kind of; nothing found stands alone; A and 2 say which', () => {
  expect(completeCodes(['1'])).toEqual({ codes: ['1'] });
  expect(completeCodes(['B'])).toEqual({ codes: ['A', '2', 'B'] });
  expect(completeCodes(['G', 'E'])).toEqual({ codes: ['E', 'A', 'G'] });
  expect(completeCodes(['1', 'E'])).toEqual({ problem: 'exclusive' });
  expect(completeCodes(['A'])).toEqual({ problem: 'kind_missing' });
  expect(completeCodes(['A', '2'])).toEqual({ problem: 'kind_missing' });
  expect(completeCodes(['A', '3', '2'])).toEqual({ problem: 'kind_missing' });
  expect(completeCodes([])).toEqual({ problem: 'none' });
  expect(completeCodes(['Z'])).toEqual({ problem: 'unknown' });
});

test('completing twice changes nothing', () => {
  fc.assert(
    fc.property(fc.subarray(RESULT_CODES.map(({ code }) => code)), (chosen) => {
      const once = completeCodes(chosen);
      if (once.codes) expect(completeCodes(once.codes)).toEqual(once);
    }),
  );
});
