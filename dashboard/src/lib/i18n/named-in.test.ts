import { expect, test } from 'vitest';
import { namedIn } from './named-in.ts';

const units = [
  { unit: 'scjg', name: '市场监管局', name_en: 'Market supervision' },
  { unit: 'czj', name: '财政局', name_en: '' },
];
const names = (locale: 'zh-CN' | 'en') => namedIn(locale, units).map(({ name }) => name);

test('units go by their names in the language of the page, else by what they have', () => {
  expect(names('zh-CN')).toEqual(['市场监管局', '财政局']);
  expect(names('en')).toEqual(['Market supervision', '财政局']);
});
