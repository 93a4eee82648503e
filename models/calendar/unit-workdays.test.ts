import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from './day.ts';
import { loadCalendar } from './load-calendar.ts';
import { addWorkdays, type Outage, unitCalendar, workdayAfter, workdaysLeft } from './unit-workdays.ts';

const calendar = loadCalendar();
const day = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2026-06-30'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const outages = fc.array(
  fc.record({ from: day, length: fc.nat({ max: 12 }), units: fc.constantFrom<string[]>([], ['scjg'], ['czj']) }),
  { maxLength: 3 },
);
const declared = (found: { from: string; length: number; units: string[] }[]): Outage[] =>
  found.map(({ from, length, units }) => ({ from, to: addDays(from, length), units }));

test('what is left up to the n-th workday is n, and one less on each workday that passes', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 12 }), outages, (start, n, found) => {
      const own = unitCalendar(calendar, declared(found), 'scjg');
      const due = addWorkdays(own, start, n);
      expect(workdayAfter(own, start, n)).toBe(due);
      expect(workdaysLeft(own, start, due)).toBe(n);
      let left = n;
      for (let at = addDays(start, 1); at <= due; at = addDays(at, 1)) {
        if (own.isWorkday(at)) left -= 1;
        expect(workdaysLeft(own, at, due)).toBe(left);
      }
      expect(left).toBe(0);
      expect(workdaysLeft(own, addWorkdays(own, due, 3), due)).toBe(-3);
    }),
  );
});

test('published holidays: seven workdays from 2025-09-24 end on 2025-10-10, and an outage of a day moves that', () => {
  const plain = unitCalendar(calendar, [], 'scjg');
  expect(workdaysLeft(plain, '2025-09-24', '2025-10-10')).toBe(7);
  const out = unitCalendar(calendar, [{ from: '2025-09-25', to: '2025-09-25', units: [] }], 'scjg');
  expect([workdaysLeft(out, '2025-09-24', '2025-10-10'), addWorkdays(out, '2025-09-24', 7)]).toEqual([6, '2025-10-11']);
  const other = unitCalendar(calendar, [{ from: '2025-09-25', to: '2025-09-25', units: ['czj'] }], 'scjg');
  expect(workdaysLeft(other, '2025-09-24', '2025-10-10')).toBe(7);
});

test('a year without a notice, and what is further than anybody counts, are no number', () => {
  const own = unitCalendar(calendar, [], null);
  const last = calendar.days.at(-1)!.day;
  expect([workdaysLeft(own, last, addDays(last, 5)), workdayAfter(own, last, 1)]).toEqual([null, null]);
  expect(workdaysLeft(own, '2024-01-02', '2026-01-02')).toBeNull();
});
