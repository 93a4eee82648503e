import { expect, test } from 'vitest';
import { eventGroup } from './event-group.ts';
import { factText } from './fact-text.ts';

test('records stand in groups; a type that nobody knows stands among the others', () => {
  expect(
    ['push.claimed', 'licence.entered', 'draw.executed', 'repair.approved', 'complaint.received'].map(eventGroup),
  ).toEqual(['registration', 'licence', 'inspection', 'sanction', 'other']);
});

test('codes are words, unknown values stay as they came', () => {
  expect(factText('zh-CN', ['codes', '["1"]'])).toEqual({ name: '检查结果', value: '未发现问题' });
  expect(factText('en', ['codes', '["E","??"]']).value).toBe('Found, ordered and put right; ??');
  expect(factText('zh-CN', ['codes', 'x'])).toEqual({ name: '检查结果', value: 'x' });
  expect(factText('zh-CN', ['reasons', '["逾期未年报","有行政处罚"]'])).toEqual({
    name: '理由',
    value: '逾期未年报；有行政处罚',
  });
  expect(factText('zh-CN', ['procedure', 'general'])).toEqual({ name: '程序', value: '一般程序' });
  expect(factText('zh-CN', ['doc_no', '<b>'])).toEqual({ name: '文号', value: '<b>' });
});
