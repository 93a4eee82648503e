import { expect, test } from 'vitest';
import { visibleBytes } from './visible-bytes.ts';

test('control characters, byte order marks and direction overrides show, text and line breaks stay', () => {
  expect(visibleBytes('a\u0000b\u202ec\ufeff')).toBe('a\\u0000b\\u202ec\\ufeff');
  expect(visibleBytes('{"名":"<b>"}\n\t')).toBe('{"名":"<b>"}\n\t');
});
