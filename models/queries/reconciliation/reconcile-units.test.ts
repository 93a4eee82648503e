import { expect, test } from 'vitest';
import { reconcileUnits } from './reconcile-units.ts';

const counts = (unit: string, some: Record<string, number>) => ({
  unit,
  list: 'licence',
  listed: 0,
  entered: 0,
  both: 0,
  differing: 0,
  list_only: 0,
  platform_only: 0,
  push_only: 0,
  ...some,
});

test('10 in the list and 15 on the platform, 5 of them the same, are 28 (22 to 65): the turtles of Chapman', () => {
  const [one] = reconcileUnits(
    [{ unit: 'a', list: 'licence', rows: 10 }],
    [counts('a', { listed: 10, entered: 15, both: 5 })],
    [],
  );
  expect(one!.estimate!.size).toBeCloseTo(28.33, 2);
  expect([Math.round(one!.estimate!.lower), Math.round(one!.estimate!.upper)]).toEqual([22, 65]);
  expect([one!.report, one!.alarm]).toEqual(['sent', null]);
});

test('a zero report is alarming beside entries, pushes or the quarter before; no list at all is none', () => {
  const reports = reconcileUnits(
    ['a', 'b', 'c', 'd', 'e'].map((unit) => ({ unit, list: 'licence', rows: unit === 'e' ? null : 0 })),
    [counts('a', { entered: 2, platform_only: 2 }), counts('b', { push_only: 1 }), counts('e', { entered: 3 })],
    [{ unit: 'c', list: 'licence', entered: 4 }],
  );
  expect(reports.map(({ report, alarm, estimate }) => [report, alarm, estimate])).toEqual([
    ['zero', 'zero_but_entered', undefined],
    ['zero', 'zero_but_pushed', undefined],
    ['zero', 'zero_unlike_before', undefined],
    ['zero', null, undefined],
    ['none', null, undefined],
  ]);
});
