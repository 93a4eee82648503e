import { expect, test } from 'vitest';
import { judgingDay, lastFullDay } from './judging-day.ts';

const now = new Date('2025-07-01T18:00:00Z');

test('a running quarter is judged today in Shanghai, a finished one on the day of its cut-off', () => {
  expect(judgingDay(null, now)).toBe('2025-07-02');
  expect(judgingDay('2025-07-09 23:59:59.999999', now)).toBe('2025-07-02');
  expect(judgingDay('2025-04-10 23:59:59.999999', now)).toBe('2025-04-10');
  expect(judgingDay('2025-04-10T23:59:59.999+08:00', now)).toBe('2025-04-10');
  expect(judgingDay('2025-04-10T15:59:59Z', now)).toBe('2025-04-10');
});

test('what is due today is not missed yet; on the day of the cut-off it is still running', () => {
  expect(lastFullDay(null, now)).toBe('2025-07-01');
  expect(lastFullDay('2025-07-02 23:59:59.999999', now)).toBe('2025-07-01');
  expect(lastFullDay('2025-04-10 23:59:59.999999', now)).toBe('2025-04-10');
});
