import { describe, expect, it } from 'vitest';
import { dayOf, dayText, isWorkday, localMoment } from './calendar.ts';
import { firstDay, lastDay, parseQuarter, quarterOf, quarterText } from './quarter.ts';
import { WorkCalendar } from './work-calendar.ts';

describe('calendar', () => {
  it('counts the workdays of the notices', () => {
    const expected = { 2024: [61, 62, 66, 62], 2025: [59, 61, 67, 61], 2026: [59, 61, 66, 62] };
    for (const [year, counts] of Object.entries(expected)) {
      counts.forEach((count, index) => {
        const quarter = parseQuarter(`${year}Q${index + 1}`);
        let workdays = 0;
        for (let day = firstDay(quarter); day <= lastDay(quarter); day++) if (isWorkday(day)) workdays++;
        expect(workdays, quarterText(quarter)).toBe(count);
      });
    }
  });

  it('refuses a year without a notice', () => {
    expect(() => isWorkday(dayOf('2027-03-01'))).toThrow('no holiday notice for 2027');
  });

  it('adds workdays after the start day', () => {
    const calendar = new WorkCalendar(dayOf('2025-01-01'), dayOf('2026-12-31'), []);
    const sums: [string, number, string][] = [
      ['2025-01-20', 7, '2025-02-05'],
      ['2025-09-24', 7, '2025-10-10'],
      ['2026-02-10', 7, '2026-02-26'],
      ['2025-01-20', 20, '2025-02-21'],
      ['2026-09-25', 5, '2026-10-09'],
    ];
    for (const [from, days, to] of sums) expect(dayText(calendar.plainAfter(dayOf(from), days))).toBe(to);
  });

  it('takes the days of an outage from the units it covers', () => {
    const outage = { from: dayOf('2025-04-08'), to: dayOf('2025-04-09'), units: [3], reason: '' };
    const calendar = new WorkCalendar(dayOf('2025-04-01'), dayOf('2025-06-30'), [outage]);
    expect(calendar.isOpen(3, dayOf('2025-04-08'))).toBe(false);
    expect(calendar.isOpen(4, dayOf('2025-04-08'))).toBe(true);
    expect(dayText(calendar.after(3, dayOf('2025-04-07'), 1))).toBe('2025-04-10');
    expect(dayText(calendar.plainAfter(dayOf('2025-04-07'), 1))).toBe('2025-04-08');
  });

  it('knows local days and quarters', () => {
    expect(localMoment(new Date('2025-06-30T16:00:00Z'))).toEqual({ day: dayOf('2025-07-01'), clock: 0 });
    expect(quarterText(quarterOf(dayOf('2025-06-30')))).toBe('2025Q2');
  });
});
