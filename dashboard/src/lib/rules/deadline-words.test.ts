import { describeRuleSet } from '@hengjian/models/ruleset/describe-rule-set.ts';
import { findRuleSet } from '@hengjian/models/ruleset/load-rule-sets.ts';
import { parseRuleSet } from '@hengjian/models/ruleset/rule-set.ts';
import { expect, test } from 'vitest';
import { deadlineWords } from './deadline-words.ts';

test.each([
  ['jieshou', 'claim', '5个工作日', '5 workdays'],
  ['jieshou', 'followup', '60日（自然日）', '60 calendar days'],
  ['jieshou', 'backfill', '2020年9月28日', '28 Sept 2020'],
  ['jieshou', 'notify', '未规定天数', 'no number of days'],
  [
    'baoshan',
    'libraries',
    '2018年8月15日|隆阳区、施甸县、龙陵县、昌宁县、腾冲市：2018年8月31日',
    '15 Aug 2018|Longyang, Shidian, Longling, Changning, Tengchong: 31 Aug 2018',
  ],
  ['baoshan', 'material', '报送通知规定的日期', 'the day that the call for the material sets'],
  [
    'national',
    'remind',
    '未规定天数；期满前或期满当日提醒的为及时',
    'no number of days; in time is a reminder before or on the last day',
  ],
])('%s %s: by when', (id, item, zh, en) => {
  const described = describeRuleSet(findRuleSet(id)).items.find((one) => one.item === item)!;
  expect(deadlineWords('zh-CN', described).join('|')).toBe(zh);
  expect(deadlineWords('en', described).join('|')).toBe(en);
});

test('a limit that changes on a day is said for what begins before and from it on', () => {
  const { text } = findRuleSet('jieshou');
  const dated = 'claim.deadlineWorkdays: [{ value: 5 }, { from: 2025-07-01, value: 3 }]';
  const { items } = describeRuleSet(parseRuleSet(text.replace('claim.deadlineWorkdays: 5', dated), 'own.yaml'));
  const claim = items.find(({ item }) => item === 'claim')!;
  expect(deadlineWords('zh-CN', claim)).toEqual(['2025年7月1日前起算的：5个工作日', '2025年7月1日起起算的：3个工作日']);
});
