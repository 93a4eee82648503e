import chineseDays from 'chinese-days';
import { describe, expect, it } from 'vitest';
import { addDays } from './day.ts';
import { loadCalendar } from './load-calendar.ts';
import { parseNotice } from './notice.ts';
import { parseQuarter } from './quarter.ts';
import { WorkCalendar } from './work-calendar.ts';

const calendar = loadCalendar();

describe('WorkCalendar', () => {
  it.each([
    [2024, [61, 62, 66, 62]],
    [2025, [59, 61, 67, 61]],
    [2026, [59, 61, 66, 62]],
  ])('counts the workdays of each quarter of %i', (year, expected) => {
    const counted = [1, 2, 3, 4].map((n) => {
      const { start, end } = parseQuarter(`${year}Q${n}`)!;
      return calendar.workdaysBetween(start, end);
    });
    expect(counted).toEqual(expected);
  });

  it.each([
    ['2025-01-20', 7, '2025-02-05'],
    ['2025-09-24', 7, '2025-10-10'],
    ['2026-02-10', 7, '2026-02-26'],
    ['2026-09-18', 7, '2026-09-29'],
    ['2025-01-20', 20, '2025-02-21'],
    ['2026-09-25', 5, '2026-10-09'],
    ['2026-02-13', 3, '2026-02-25'],
  ])('%s + %i workdays = %s', (day, n, due) => {
    expect(calendar.addWorkdays(day, n)).toBe(due);
  });

  it('agrees with chinese-days on every day of the published years', () => {
    for (let day = '2024-01-01'; day <= '2026-12-31'; day = addDays(day, 1))
      expect([day, calendar.isWorkday(day)]).toEqual([day, chineseDays.isWorkday(day)]);
  });

  it('refuses a year without a notice, naming it and the way out', () => {
    expect(() => calendar.isWorkday('2027-01-04')).toThrow(/No holiday notice is loaded for 2027.*2027\.yaml/);
    expect(() => calendar.addWorkdays('2026-12-28', 7)).toThrow(/2027/);
    expect(() => calendar.addWorkdays('2023-12-28', 1)).toThrow(/2023/);
  });

  it('refuses a gap between years', () => {
    const notice = (year: number) => ({ year, document: 'x', days_off: [], workdays: [] });
    expect(() => new WorkCalendar([notice(2026), notice(2028)])).toThrow(/2027/);
  });
});

describe('parseNotice', () => {
  it.each([
    ['year: 2027\ndocument: x\ndays_off: [[2027-01-03, 2027-01-01]]\nworkdays: []', /backwards/],
    ['year: 2027\ndocument: x\ndays_off: []\nworkdays: [2026-01-04]', /does not lie in 2027/],
    ['year: 2027\ndocument: x\ndays_off: []\nworkdays: [2027-02-30]', /not a day/],
    ['year: 2027', /document|days_off|required/],
    ['a: [', /not YAML/],
  ])('names what is wrong', (text, message) => {
    expect(() => parseNotice(text, 'office.yaml')).toThrow(message);
    expect(() => parseNotice(text, 'office.yaml')).toThrow(/office\.yaml/);
  });
});
