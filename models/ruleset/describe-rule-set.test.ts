import { expect, it } from 'vitest';
import { describeRuleSet } from './describe-rule-set.ts';
import { findRuleSet } from './load-rule-sets.ts';
import { parseRuleSet } from './rule-set.ts';

const itemOf = (id: string, item: string) =>
  describeRuleSet(findRuleSet(id)).items.find((candidate) => candidate.item === item)!;

it('says of an item with points what it is worth, by when, and in which words', () => {
  expect(itemOf('nantong-etdz', 'claim')).toMatchObject({
    weight: 10,
    limits: [{ from: null, length: { of: 'workdays', n: 5 } }],
    place: '附件2-1 第2项',
    parts: [
      { kind: 'ratio', points: 8 },
      { kind: 'timely', points: 2 },
    ],
  });
  expect(itemOf('nantong-etdz', 'claim').rule).toContain('认领及时的，得2分');
  expect(itemOf('nantong-etdz', 'licence').parts).toMatchObject([{ kind: 'ratio_full', thresholdPercent: 90 }]);
});

it('names no deadline where the document names no number, and the units that have the duty', () => {
  expect(itemOf('nanjing', 'claim')).toMatchObject({
    weight: null,
    limits: [{ from: null, length: null }],
    timed: false,
    by_time: false,
  });
  expect(itemOf('nanjing', 'claim').units).toEqual(['市公安局', '市卫生计生委', '市安全监管局', '市旅游委']);
  expect(itemOf('jieshou', 'publish')).toMatchObject({
    limits: [{ length: { of: 'workdays', n: 20 } }],
    place: '003 五(二)',
    by_time: true,
  });
  expect(itemOf('baoshan', 'material')).toMatchObject({ limits: [{ length: null }], timed: true });
  expect(itemOf('jieshou', 'followup').limits).toEqual([{ from: null, length: { of: 'days', n: 60 } }]);
  expect(itemOf('baoshan', 'material').units).toHaveLength(12);
  expect(itemOf('baoshan', 'claim').units_en.slice(0, 1)).toEqual(['Longyang']);
});

it('says of a limit that changes on a day which holds for what begins when, and how units are ranked', () => {
  const text = findRuleSet('jieshou').text;
  const changed = text
    .replace(
      'publish.deadlineWorkdays: 20',
      'publish.deadlineWorkdays: [{ value: 20 }, { from: 2025-07-01, value: 10 }]',
    )
    .replace('rank.by: on_time', 'rank.by: done');
  const publish = describeRuleSet(parseRuleSet(changed, 'test')).items.find(({ item }) => item === 'publish')!;
  expect(publish).toMatchObject({
    limits: [
      { from: null, length: { of: 'workdays', n: 20 } },
      { from: '2025-07-01', length: { of: 'workdays', n: 10 } },
    ],
    timed: true,
    by_time: false,
  });
});

it('names the days, or what sets them, where no number of days says by when', () => {
  expect(itemOf('jieshou', 'followup').deadline).toBeNull();
  expect(itemOf('jieshou', 'backfill').deadline).toEqual({ by: 'day', day: '2020-09-28', later: null });
  expect(itemOf('jieshou', 'libraries').deadline).toBeNull();
  expect(itemOf('baoshan', 'backfill').deadline).toBeNull();
  expect(itemOf('baoshan', 'libraries').deadline).toMatchObject({
    by: 'day',
    day: '2018-08-15',
    later: { day: '2018-08-31', units: ['隆阳区', '施甸县', '龙陵县', '昌宁县', '腾冲市'] },
  });
  expect(itemOf('national', 'remind').deadline).toEqual({ by: 'event', measure: 'push_reminder' });
  expect(itemOf('nantong-etdz', 'meeting').deadline).toEqual({ by: 'event', measure: 'material' });
});

it.each(['nantong-etdz', 'nanjing', 'baoshan', 'jieshou', 'national'])('%s: every item quotes its document', (id) => {
  const { items, scored } = describeRuleSet(findRuleSet(id));
  expect(items.filter(({ rule }) => !/^“.+”$/s.test(rule)).map(({ item }) => item)).toEqual([]);
  expect(scored).toBe(id === 'nantong-etdz');
});
