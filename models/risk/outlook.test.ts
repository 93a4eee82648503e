import { expect, test } from 'vitest';
import { describeIndicator } from './indicators/describe-indicator.ts';
import { parseIndicators } from './indicators/load-indicators.ts';
import { outlook, type StoredReason } from './outlook.ts';

const SET = `
id: test
version: '1'
tiers: [A, B, C]
thresholds: [10, 20]
indicators:
  - { id: fined, name: { zh: 处罚, en: Fine }, family: supervision, event: penalty.entered, weight: 12, window_days: 365, clause: x }
direct:
  - { id: listed, name: { zh: 列严, en: Listed }, event: blacklist.listed, cleared_by: blacklist.removed, tier: C, clause: y }
`;
const set = parseIndicators(SET, 'test.yaml');
const cuts = [9_999_999, 19_999_999];
const reason = (indicator: string, points: number, tier = ''): StoredReason => ({
  ...{ indicator, tier, points },
  events: [{ source: '/s', id: indicator, day: '2025-06-01', points }],
});

test('what ends, what fades and what is missing, by the indicators in force', () => {
  const found = outlook(set, cuts, [reason('fined', 12_000_000), reason('listed', 0, 'C')], '2025-06-30');
  expect(found.without).toEqual([
    { indicator: 'listed', by: 'removal', event: 'blacklist.removed', points: 12, tier: 'B' },
  ]);
  expect(outlook(set, cuts, [reason('fined', 12_000_000)], '2025-06-30')).toMatchObject({
    without: [{ indicator: 'fined', by: 'time', tier: 'A' }],
    falls: { tier: 'A' },
    next: { tier: 'C', missing: 8 },
  });
});

test('a reason whose indicator was taken out since shows its id, and nobody foretells what becomes of it', () => {
  const gone = [reason('fined', 12_000_000), reason('renamed', 11_000_000), reason('dropped', 0, 'C')];
  expect(outlook(set, cuts, gone, '2025-06-30')).toEqual({
    without: [],
    falls: null,
    next: null,
  });
  expect(describeIndicator(set, 'renamed')).toEqual({
    ...{ indicator: 'renamed', family: 'unknown', clause: '' },
    name: { zh: 'renamed', en: 'renamed' },
  });
  expect(describeIndicator(set, 'listed')).toMatchObject({ name: { zh: '列严' }, family: 'direct' });
});

test('cuts of another alphabet than the one in force foretell nothing', () => {
  expect(outlook(set, [...cuts, 29_999_999], [reason('fined', 40_000_000)], '2025-06-30')).toEqual({
    without: [],
    falls: null,
    next: null,
  });
});
