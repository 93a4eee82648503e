import { expect, test } from 'vitest';
import { addressOf, groupOf } from './desk-row.ts';

test.each([
  ['2025-06-03', 'over'],
  ['2025-06-04', 'today'],
  // Wednesday; the week ends on Sunday.
  ['2025-06-05', 'week'],
  ['2025-06-08', 'week'],
  ['2025-06-09', 'later'],
  [null, 'none'],
] as const)('due %s on Wednesday 2025-06-04 is %s', (due, group) => expect(groupOf(due, '2025-06-04')).toBe(group));

test('on a Sunday the week is over on the day itself', () => {
  expect([groupOf('2025-06-08', '2025-06-08'), groupOf('2025-06-09', '2025-06-08')]).toEqual(['today', 'later']);
});

test('a row leads to the form that deals with it, else to its item', () => {
  const row = { unit: 'scjg', quarter: '2025Q2', item: 'claim', key: 'P 1' };
  expect(addressOf({ ...row, kind: 'unclaimed' })).toBe('/entries/pushes?push=P+1');
  expect(addressOf({ ...row, kind: 'material_missing' })).toBe('/entries/materials');
  expect(addressOf({ ...row, kind: 'not_entered' })).toBe('/units/scjg/claim?quarter=2025Q2');
});
