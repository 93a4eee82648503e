import { allReadings, OPEN } from '@hengjian/models/scoring/readings.ts';
import { expect, test } from 'vitest';
import { readingWords } from './reading-words.ts';

test('every choice of the rules and each of its values has words, none twice', () => {
  for (const parameter of OPEN) {
    const values = [...new Set(allReadings().map((reading) => String(reading[parameter])))];
    expect(values.length).toBeGreaterThan(1);
    for (const locale of ['zh-CN', 'en'] as const) {
      const words = values.map((value) => readingWords(locale, parameter, value));
      expect(words.map((one) => one.value)).not.toEqual(expect.arrayContaining(locale === 'en' ? [''] : values));
      expect(words[0]!.parameter).not.toBe(parameter);
      expect(new Set(words.map((one) => one.value)).size).toBe(values.length);
    }
  }
});

test('what has no words goes by its name', () => {
  expect(readingWords('zh-CN', 'x.y', 'z')).toEqual({ parameter: 'x.y', value: 'z' });
});
