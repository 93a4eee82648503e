import type { Written } from '@hengjian/contract/event-writer.ts';
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { addDays } from '../calendar/day.ts';
import { unitCalendar, workdaysLeft } from '../calendar/unit-workdays.ts';
import { claimedBuckets, pushDue } from '../entries/push-deadlines.ts';
import { readOpenPushes } from '../queries/read-open-pushes.ts';
import { readOutages } from '../queries/read-outages.ts';
import { ruleSetOn } from '../ruleset/rule-set.ts';
import type { Project } from '../runner/project.ts';
import { localDay } from '../runner/quarter-scope.ts';
import { levelOf, REMINDER_SOURCE, type Reminder, reminderEvent, reminderId } from './reminder.ts';

export interface Reminding {
  warehouse: Warehouse;
  project: Project;
  /** Writes with the rights of the registry. */
  write: (events: readonly object[]) => Promise<Written>;
  now?: Date;
}

/** Pushes of the last days: what is older has been reminded of, or lies in a quarter that is over. */
const DAYS_BACK = 100;
/** Read at once; sent at once. */
const MOST = 20_000;
const AT_ONCE = 500;

/** Sends what is due today and has not been sent, once for each row and stage. On days off nothing. @returns how many */
export async function sendReminders({ warehouse, project, write, now = new Date() }: Reminding): Promise<number> {
  const today = localDay(now);
  if (!project.calendar.knows(today) || !project.calendar.isWorkday(today)) return 0;
  const due = await dueReminders(warehouse, project, today);
  const sent = await readSent(warehouse, addDays(today, -DAYS_BACK), due.map(reminderId));
  const fresh = due.filter((reminder) => !sent.has(reminderId(reminder)));
  for (let first = 0; first < fresh.length; first += AT_ONCE)
    await write(fresh.slice(first, first + AT_ONCE).map((reminder) => reminderEvent(reminder, now)));
  return fresh.length;
}

async function dueReminders(warehouse: Warehouse, project: Project, today: string): Promise<Reminder[]> {
  const ruleSet = ruleSetOn(project.ruleSet, today);
  const units = new Set(ruleSet.data.units.map(({ id }) => id));
  const [pushes, outages] = await Promise.all([
    readOpenPushes(warehouse, EVERYTHING, {
      ruleset: ruleSet.id,
      buckets: claimedBuckets(ruleSet),
      since: addDays(today, -DAYS_BACK),
      limit: MOST,
    }),
    readOutages(warehouse),
  ]);
  const calendars = new Map([...units].map((unit) => [unit, unitCalendar(project.calendar, outages, unit)]));
  return pushes.flatMap((push) => {
    const calendar = calendars.get(push.unit);
    const step = push.claimedAt === null ? 'claim' : 'feedback';
    const due = calendar && pushDue(ruleSet, calendar, step, push);
    if (!calendar || !due) return [];
    const level = levelOf(workdaysLeft(calendar, today, due), today, due);
    return level ? [{ unit: push.unit, pushId: push.pushId, step, level, due } satisfies Reminder] : [];
  });
}

async function readSent(warehouse: Warehouse, since: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await warehouse.query<{ id: string }>(
    `SELECT e.id AS id FROM events AS e
     WHERE e.type = 'push.reminded' AND e.source = {source:String} AND e.time >= toDateTime64({since:String}, 6, 'Asia/Shanghai')`,
    { source: REMINDER_SOURCE, since },
  );
  return new Set(rows.map(({ id }) => id));
}
