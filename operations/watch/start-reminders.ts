/** The scheduler's reminders: looked at now and then, sent once for each row and stage. */
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import { loadProject } from '@hengjian/models';
import { REMINDER_SOURCE } from '@hengjian/models/reminders/reminder.ts';
import { sendReminders } from '@hengjian/models/reminders/send-reminders.ts';
import { repeatUntilStopped } from '@hengjian/models/scheduler/repeat-until-stopped.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { writerWhenNeeded } from '../open-event-writer.ts';

export interface ReminderOptions {
  warehouse: Warehouse;
  environment: Environment;
  logger: Logger;
  /** Milliseconds before the first look, in which the scores are computed; and between looks. */
  firstAfter?: number;
  every?: number;
}

const RIGHTS: WriteRights = { by: 'reminders', sources: [REMINDER_SOURCE], units: 'all', may: ['registry'] };

export function startReminders(options: ReminderOptions): { stop(): Promise<void> } {
  const { warehouse, environment, logger, firstAfter = 90_000, every = 10 * 60_000 } = options;
  const writer = writerWhenNeeded({ environment, warehouse: async () => warehouse });
  return repeatUntilStopped(firstAfter, async () => {
    try {
      const project = loadProject(environment);
      const sent = await sendReminders({ warehouse, project, write: (events) => writer.write(events, RIGHTS) });
      if (sent > 0) logger.info({ reminders: sent }, 'units were reminded of what falls due');
    } catch (error) {
      // The next look finds what is still to be sent.
      logger.error({ err: error }, 'reminders could not be sent; the next look tries again');
    }
    return every;
  });
}
