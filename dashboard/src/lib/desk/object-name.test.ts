import { expect, test } from 'vitest';
import { objectName } from './object-name.ts';

test('words of the rules and counts are written out, numbers stay as they are', () => {
  expect(objectName('zh-CN', 'objects')).toBe('检查对象名录库');
  expect(objectName('zh-CN', '1/2')).toBe('第 1 项，共 2 项');
  expect(objectName('en', '2/2')).toBe('no. 2 of 2');
  expect(objectName('zh-CN', 'P7-12')).toBe('P7-12');
});
