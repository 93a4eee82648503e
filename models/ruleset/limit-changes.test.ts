import { expect, test } from 'vitest';
import { limitChanges } from './limit-changes.ts';

test('a limit that changes on a day is named, one that begins or stays is not', () => {
  const parameters = {
    'entry.deadlineWorkdays': [{ value: 10 }, { from: '2025-07-01', value: 7 }, { from: '2025-10-01', value: 7 }],
    'claim.deadlineWorkdays': 5,
    'publish.deadlineWorkdays': [{ value: null }, { from: '2025-07-01', value: 20 }],
    'rank.by': [{ value: 'on_time' }, { from: '2025-07-01', value: 'done' }],
  };
  expect(limitChanges({ data: { parameters } as never })).toEqual([
    { parameter: 'entry.deadlineWorkdays', from: '2025-07-01', before: 10, after: 7 },
  ]);
});
