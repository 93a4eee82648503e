/**
 * Reminders of pushes that fall due (提醒催告; 工商企监字〔2018〕25号 二2: “建立健全提醒催告的技术手段和管理制度”): before the last
 * day, on it, and after it.
 */
import { createHash } from 'node:crypto';
import type { PushStep } from '../entries/push-deadlines.ts';

export type ReminderLevel = 'before' | 'on' | 'after';

/** Source of the product's own reminders. */
export const REMINDER_SOURCE = '/hengjian/reminders';
export const REMINDER_CHANNEL = '工作台';

/** The workday before the last day; the last day; and up to this many workdays after it, so that a scheduler that stood still catches up. */
const AFTER_WORKDAYS = 5;

/**
 * The reminder that is due today; undefined on other days.
 * @param left workdays left, as `workdaysLeft` counts them
 * @param today last day of the calendar of the unit that is judged; `due` the last day in time
 */
export function levelOf(left: number | null, today: string, due: string): ReminderLevel | undefined {
  if (left === null) return undefined;
  if (due < today) return left < 0 && left >= -AFTER_WORKDAYS ? 'after' : undefined;
  if (due === today) return 'on';
  return left === 1 ? 'before' : undefined;
}

export interface Reminder {
  unit: string;
  pushId: string;
  step: PushStep;
  level: ReminderLevel;
  /** YYYY-MM-DD */
  due: string;
}

/** The same row and stage always has the same id: the store keeps one of each. */
export function reminderId({ unit, pushId, step, level }: Reminder): string {
  const row = createHash('sha256').update(`${unit}\n${pushId}`).digest('hex').slice(0, 40);
  return `${step}-${level}-${row}`;
}

export function reminderEvent(reminder: Reminder, now: Date): object {
  const { unit, pushId, step, level, due } = reminder;
  return {
    specversion: '1.0',
    id: reminderId(reminder),
    source: REMINDER_SOURCE,
    type: 'push.reminded',
    time: now.toISOString(),
    department: unit,
    data: { push_id: pushId, level, channel: REMINDER_CHANNEL, step, due },
  };
}
