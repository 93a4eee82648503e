import { expect, it } from 'vitest';
import { describeRuleSet } from './describe-rule-set.ts';
import { findRuleSet } from './load-rule-sets.ts';

const itemOf = (id: string, item: string) =>
  describeRuleSet(findRuleSet(id)).items.find((candidate) => candidate.item === item)!;

it('says of an item with points what it is worth, by when, and in which words', () => {
  expect(itemOf('nantong-etdz', 'claim')).toMatchObject({
    weight: 10,
    deadline: { by: 'workdays', n: 5 },
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
  expect(itemOf('nanjing', 'claim')).toMatchObject({ weight: null, deadline: null });
  expect(itemOf('nanjing', 'claim').units).toEqual(['市公安局', '市卫生计生委', '市安全监管局', '市旅游委']);
  expect(itemOf('jieshou', 'publish')).toMatchObject({ deadline: { by: 'workdays', n: 20 }, place: '003 五(二)' });
  expect(itemOf('baoshan', 'material')).toMatchObject({ deadline: { by: 'event', measure: 'material' } });
  expect(itemOf('baoshan', 'material').units).toHaveLength(12);
  expect(itemOf('baoshan', 'claim').units_en.slice(0, 1)).toEqual(['Longyang']);
});

it('names the days, or what sets them, where a deadline is no number of workdays', () => {
  expect(itemOf('jieshou', 'followup').deadline).toEqual({ by: 'days', n: 60 });
  expect(itemOf('jieshou', 'backfill').deadline).toEqual({ by: 'day', day: '2020-09-28', later: null });
  expect(itemOf('jieshou', 'libraries').deadline).toBeNull();
  expect(itemOf('baoshan', 'backfill').deadline).toBeNull();
  expect(itemOf('baoshan', 'libraries').deadline).toMatchObject({
    by: 'day',
    day: '2018-08-15',
    later: { day: '2018-08-31', units: ['隆阳区', '施甸县', '龙陵县', '昌宁县', '腾冲市'] },
  });
  expect(itemOf('national', 'remind').deadline).toEqual({ by: 'event', measure: 'push_reminder' });
  expect(itemOf('nantong-etdz', 'feedback').deadline).toEqual({ by: 'workdays', n: 7 });
  expect(itemOf('nantong-etdz', 'meeting').deadline).toEqual({ by: 'event', measure: 'material' });
});

it.each(['nantong-etdz', 'nanjing', 'baoshan', 'jieshou', 'national'])('%s: every item quotes its document', (id) => {
  const { items, scored } = describeRuleSet(findRuleSet(id));
  expect(items.filter(({ rule }) => !/^“.+”$/s.test(rule)).map(({ item }) => item)).toEqual([]);
  expect(scored).toBe(id === 'nantong-etdz');
});
