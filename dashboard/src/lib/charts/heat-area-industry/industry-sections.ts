import { sectionOf } from '@hengjian/contract/schema/industry-code.ts';
import type { Locale } from '../../i18n/locale.ts';

/** Sections of GB/T 4754-2017, short names as circulars print them. */
const sections: Record<string, [string, string]> = {
  A: ['农林牧渔', 'Agriculture'],
  B: ['采矿', 'Mining'],
  C: ['制造', 'Manufacturing'],
  D: ['电热燃水', 'Power, gas, water'],
  E: ['建筑', 'Construction'],
  F: ['批发零售', 'Wholesale, retail'],
  G: ['交通仓储邮政', 'Transport, storage'],
  H: ['住宿餐饮', 'Hotels, catering'],
  I: ['信息软件', 'Information, software'],
  J: ['金融', 'Finance'],
  K: ['房地产', 'Real estate'],
  L: ['租赁商务', 'Leasing, business'],
  M: ['科研技术', 'Research, technical'],
  N: ['水利环境公共设施', 'Water, environment'],
  O: ['居民服务', 'Resident services'],
  P: ['教育', 'Education'],
  Q: ['卫生社会', 'Health, social work'],
  R: ['文体娱乐', 'Culture, sports'],
  S: ['公共管理', 'Public administration'],
  T: ['国际组织', 'International bodies'],
};

/** `C 制造` for the letter of a section or a longer code of it; an empty or unknown code says that the industry is not known. */
export function industryName(code: string, locale: Locale): string {
  const section = sectionOf(code);
  const names = sections[section];
  if (!names) return locale === 'en' ? 'Industry unknown' : '行业不详';
  return `${section} ${names[locale === 'en' ? 1 : 0]}`;
}
