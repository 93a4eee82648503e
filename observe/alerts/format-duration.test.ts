import { expect, test } from 'vitest';
import { formatDuration } from './format-duration.ts';

test('the largest unit and the next', () => {
  expect(formatDuration('zh-CN', 3 * 86_400 + 4 * 3_600 + 59)).toBe('3 天 4 小时');
  expect(formatDuration('zh-CN', 3_600)).toBe('1 小时');
  expect(formatDuration('en', 125.9)).toBe('2 min 5 s');
  expect(formatDuration('en', 0.4)).toBe('under 1 s');
  expect(formatDuration('en', -61)).toBe('−1 min 1 s');
});
