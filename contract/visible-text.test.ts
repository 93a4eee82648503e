import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleLine, visibleText } from './visible-text.ts';

test('control characters, byte order marks and direction overrides show, text and line breaks stay', () => {
  expect(visibleText('a\u0000b\u202ec\ufeff\x1b[2J\x9b1m\r')).toBe(
    'a\\u0000b\\u202ec\\ufeff\\u001b[2J\\u009b1m\\u000d',
  );
  expect(visibleText('{"名":"<b>"}\n\t')).toBe('{"名":"<b>"}\n\t');
  expect(visibleText('\u{e0041}')).toBe('\\udb40\\udc41');
});

test('a line is one line', () => {
  expect(visibleLine('P-1\nAll is well\u2028x')).toBe('P-1\\u000aAll is well\\u2028x');
});

test('JSON stays JSON of the same value, so what is piped on loses nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
      const json = JSON.stringify([value, text, '\u202e\x9b']);
      expect(JSON.parse(visibleLine(json))).toEqual(JSON.parse(json));
      expect(visibleLine(json)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});
