import { expect, test } from 'vitest';
import { type FunnelWeekRow, funnelTotal, unitBars, weekBars } from './funnel-view.ts';

const april = Date.UTC(2025, 3, 7);
const row = (unit: string, week: number, claimed: number, overdue: number): FunnelWeekRow => ({
  unit,
  unit_name: unit.toUpperCase(),
  unit_name_en: '',
  ord: 0,
  week,
  pushed: claimed + overdue,
  claim_on_time: claimed,
  claim_late: 0,
  claim_done: 0,
  claim_waiting: 0,
  claim_open: 0,
  claim_overdue: overdue,
  feedback_on_time: 0,
  feedback_late: 0,
  feedback_done: 0,
  feedback_waiting: 0,
  feedback_open: claimed,
  feedback_overdue: 0,
});
const rows = [row('a', april + 7 * 86_400_000, 5, 1), row('a', april, 2, 0), row('b', april, 3, 4)];

test('unit and week narrow the total together', () => {
  expect(funnelTotal(rows, { unit: '', week: '' }).pushed).toBe(15);
  expect(funnelTotal(rows, { unit: 'a', week: '' }).claim).toEqual({
    on_time: 7,
    late: 0,
    done: 0,
    waiting: 0,
    open: 0,
    overdue: 1,
  });
  expect(funnelTotal(rows, { unit: 'a', week: '2025-04-07' }).pushed).toBe(2);
  expect(funnelTotal([], { unit: '', week: '' }).pushed).toBe(0);
});

test('bars of units obey the week, bars of weeks the unit, and nothing chosen hides its neighbours', () => {
  const bars = unitBars(rows, 'claim', { unit: 'a', week: '2025-04-07' }, 'zh-CN');
  expect(bars.map((bar) => [bar.name, bar.counts.on_time])).toEqual([
    ['A', 2],
    ['B', 3],
  ]);
  const weeks = weekBars(rows, 'feedback', { unit: 'a', week: '2025-04-07' }, 'zh-CN');
  expect(weeks.map((bar) => [bar.id, bar.counts.open])).toEqual([
    ['2025-04-07', 2],
    ['2025-04-14', 5],
  ]);
});
