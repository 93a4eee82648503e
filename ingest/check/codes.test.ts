import { isAreaCode } from '@hengjian/contract/schema/area-code.ts';
import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';
import { isIndustryCode, sectionOf } from '@hengjian/contract/schema/industry-code.ts';
import { expect, test } from 'vitest';

test.each(['A', 'T', '01', '97', 'C13', '1311', 'C1311', 'F521', 'T97'])('%s is a code of GB/T 4754', (code) => {
  expect(isIndustryCode(code)).toBe(true);
});
test.each(['', 'U', 'a', '00', '98', 'A13', 'C1', '1', '13111', 'CC', '制造业'])('%s is none', (code) => {
  expect(isIndustryCode(code)).toBe(false);
});
test.each(['C', 'C13', '13', '1311', 'C1311'])('%s is of the section C', (code) => expect(sectionOf(code)).toBe('C'));
test.each(['62', '6210', '61', 'H'])('%s is of the section H', (code) => expect(sectionOf(code)).toBe('H'));
test.each(['', '6', '00', '98', 'U', 'a', '制造业'])('%s is of no section', (code) => expect(sectionOf(code)).toBe(''));
test.each(['320600', '320671003', '320671003001', '810000', 'park-1', '3206', '园区', 'A'])(
  '%s is an area code',
  (code) => {
    expect(isAreaCode(code)).toBe(true);
  },
);
test.each(['', '990000', '000000', ' 320600', 'a b', '-a', 'x'.repeat(33)])('%s is none', (code) => {
  expect(isAreaCode(code)).toBe(false);
});
test.each(['2024-02-29', '2000-02-29', '1999-12-31', '2025-04-30'])('%s is a day', (day) => {
  expect(isCalendarDay(day)).toBe(true);
});
test.each([
  '2025-02-29',
  '1900-02-29',
  '2025-04-31',
  '2025-00-01',
  '2025-13-01',
  '2025-1-1',
  '20250101',
  '1899-12-31',
  '2025-01-01 ',
])('%s is none', (day) => {
  expect(isCalendarDay(day)).toBe(false);
});
