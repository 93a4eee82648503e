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

const ofLists = (listed: number, entered: number, both: number) =>
  reconcileUnits([{ unit: 'a', list: 'licence', rows: listed }], [counts('a', { listed, entered, both })], [])[0]!;

test('40 in the list and 50 on the platform, 25 of them the same: an estimate by hand, 41·51/26 − 1', () => {
  const { estimate, no_estimate, report, alarm } = ofLists(40, 50, 25);
  expect(estimate!.size).toBeCloseTo((41 * 51) / 26 - 1, 10);
  expect([no_estimate, report, alarm]).toEqual([null, 'sent', null]);
});

test('no estimate, and why: few in both, a list within the other, lists that hardly differ, an empty one', () => {
  // The turtles of Chapman: 5 recaptures are fewer than 7.
  expect(ofLists(10, 15, 5)).toMatchObject({ estimate: undefined, no_estimate: 'too_few' });
  expect(ofLists(500, 400, 0).no_estimate).toBe('too_few');
  expect(ofLists(65, 70, 65).no_estimate).toBe('contained');
  expect(ofLists(70, 70, 70).no_estimate).toBe('contained');
  expect(ofLists(70, 70, 69).no_estimate).toBe('coincide');
  expect(ofLists(0, 70, 0).no_estimate).toBe('empty');
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
