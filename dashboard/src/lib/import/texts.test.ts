import { REASONS } from '@hengjian/contract/reasons.ts';
import { expect, test } from 'vitest';
import { rejectReasonName } from '../stream/reject-reason-name.ts';
import { faultText } from './fault-text.ts';
import { sizeText } from './size-text.ts';
import { unreadableText } from './unreadable-text.ts';

test('what is wrong with a row is said with the column or the name that it is about', () => {
  expect(faultText('day_form', 'what stands in "许可决定日期" is no day', 'zh-CN')).toBe(
    '日期格式错误（许可决定日期）',
  );
  expect(faultText('department_unmatched', 'no unit is called "某局"; add a line', 'zh-CN')).toContain('（某局）');
  expect(faultText('unit_not_allowed', 'this key may only send events of shsy, not of czj', 'zh-CN')).toBe(
    '不是本账号的单位',
  );
  expect(faultText('day_form', 'what stands in "x" is no day', 'en')).toBe('what stands in "x" is no day');
  const ahead = 'push.outcome_fed_back: the push "P-1" is not there so far, and whoever it will be of, …';
  expect(faultText('not_granted', ahead, 'zh-CN')).toContain('尚未入库');
  expect(faultText('not_granted', ahead, 'en')).toContain('once it is');
  expect(faultText('not_granted', 'mark.awarded is an act of the office', 'zh-CN')).not.toContain('尚未入库');
});

test('every reason for which a row is refused has Chinese words', () => {
  expect(Object.keys(REASONS).filter((reason) => !/\p{Script=Han}/u.test(rejectReasonName(reason, 'zh-CN')))).toEqual(
    [],
  );
});

test('why a file was not read is said in Chinese, with what is missing', () => {
  const lacks =
    'x.csv looks like xk-b (行政许可) in row 2 but lacks the column 许可决定日期, and nothing of it is stored; add';
  expect(unreadableText(lacks, 'zh-CN')).toBe(
    '第 2 行像是“行政许可”的表头，但缺少许可决定日期，没有入库。请补上这一列（或核对表头用词）后重新导入。',
  );
  expect(unreadableText('x.xlsx is protected by a password and …', 'zh-CN')).toContain('密码');
  expect(unreadableText(lacks, 'en')).toBe(lacks);
  expect(unreadableText('x says something new', 'zh-CN')).toContain('x says something new');
});

test('sizes', () => {
  expect([900, 2048, 3_565_158].map(sizeText)).toEqual(['900 B', '2 KB', '3.4 MB']);
});
