import { expect, test } from 'vitest';
import { burnDown } from './burn-down.ts';

const row = (entered_on: string | null, records: number, due: string | null = '2020-09-28') => ({
  due,
  entered_on,
  records,
});

test('what is left falls from the whole stock by what was entered, day by day', () => {
  const rows = [row('2020-09-27', 3), row('2020-09-29', 2), row(null, 5)];
  expect(burnDown(rows, '2020-09-30')).toEqual({
    stock: 10,
    entered: 5,
    inTime: 3,
    due: '2020-09-28',
    length: 'day',
    steps: [
      { day: '2020-09-26', entered: 0, left: 10 },
      { day: '2020-09-27', entered: 3, left: 7 },
      { day: '2020-09-28', entered: 0, left: 7 },
      { day: '2020-09-29', entered: 2, left: 5 },
      { day: '2020-09-30', entered: 0, left: 5 },
    ],
  });
});

test('years are told by months, and the last step still holds every entry', () => {
  const rows = [row('2020-07-03', 1), row('2022-01-15', 4), row(null, 1)];
  const { length, steps } = burnDown(rows, '2022-03-31');
  expect(length).toBe('month');
  expect(steps.at(0)).toEqual({ day: '2020-07-02', entered: 0, left: 6 });
  expect(steps.at(-1)).toEqual({ day: '2022-03-31', entered: 0, left: 1 });
  expect(steps.reduce((sum, { entered }) => sum + entered, 0)).toBe(5);
});

test('a deadline that lies ahead is no reason to say what will be left then', () => {
  const { steps } = burnDown([row('2025-05-06', 1, '2025-12-31'), row(null, 1, '2025-12-31')], '2025-05-08');
  expect(steps.at(-1)!.day <= '2025-05-11').toBe(true);
});

test('nothing entered is the whole stock; no stock is nothing', () => {
  expect(burnDown([row(null, 4, null)], '2025-06-30')).toMatchObject({
    due: null,
    steps: [{ day: '2025-06-30', entered: 0, left: 4 }],
  });
  expect(burnDown([], '2025-06-30').steps).toEqual([]);
});
