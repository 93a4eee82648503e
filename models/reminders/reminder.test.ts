import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../calendar/day.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { addWorkdays, unitCalendar, workdaysLeft } from '../calendar/unit-workdays.ts';
import { levelOf, reminderEvent, reminderId } from './reminder.ts';

const calendar = unitCalendar(loadCalendar(), [], null);
const on = (today: string, due: string) => levelOf(workdaysLeft(calendar, today, due), today, due);

test('the day before, the day itself, and five workdays after', () => {
  // 2025-09-30 is the last workday before the holiday of eight days; 2025-10-10 the second after it.
  expect(on('2025-09-29', '2025-09-30')).toBe('before');
  expect(on('2025-09-26', '2025-09-30')).toBeUndefined();
  expect(on('2025-09-30', '2025-09-30')).toBe('on');
  expect(on('2025-10-09', '2025-09-30')).toBe('after');
  expect(on('2025-10-14', '2025-09-30')).toBe('after');
  expect(on('2025-10-16', '2025-09-30')).toBeUndefined();
});

test('looked at on each workday, a row that stays open gets each stage once by its id, in order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 900 }), fc.integer({ min: 1, max: 10 }), (offset, n) => {
      const pushed = addDays('2024-01-01', offset % 700);
      const due = addWorkdays(calendar, pushed, n + 1);
      const levels: string[] = [];
      for (let at = addDays(pushed, 1); at <= addDays(due, 40); at = addDays(at, 1))
        if (calendar.isWorkday(at)) levels.push(on(at, due) ?? '');
      const sent = [...new Set(levels.filter((level) => level !== ''))];
      expect(sent).toEqual(['before', 'on', 'after']);
      expect(levels.filter((level) => level === 'before')).toHaveLength(1);
    }),
  );
});

test('an id belongs to unit, push, step and stage alone, and fits the envelope', () => {
  const reminder = { unit: 'scjg', pushId: 'P1', step: 'claim', level: 'on', due: '2025-06-03' } as const;
  expect(reminderId({ ...reminder, due: '2025-06-04' })).toBe(reminderId(reminder));
  const others = [{ unit: 'czj' }, { pushId: 'P2' }, { step: 'feedback' }, { level: 'after' }] as const;
  expect(new Set([reminder, ...others.map((other) => ({ ...reminder, ...other }))].map(reminderId)).size).toBe(5);
  expect(reminderId(reminder).length).toBeLessThanOrEqual(64);
  expect(reminderEvent(reminder, new Date('2025-06-03T01:00:00Z'))).toMatchObject({
    department: 'scjg',
    data: { push_id: 'P1', level: 'on', step: 'claim' },
  });
});
