/** The scheduler's reminders: looked at now and then, sent once for each row and stage. */
import { setTimeout as pause } from 'node:timers/promises';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import { loadProject } from '@hengjian/models';
import { REMINDER_SOURCE } from '@hengjian/models/reminders/reminder.ts';
import { sendReminders } from '@hengjian/models/reminders/send-reminders.ts';
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
  const abort = new AbortController();
  const running = run(options, abort.signal);
  return {
    async stop() {
      abort.abort();
      await running;
    },
  };
}

async function run(options: ReminderOptions, signal: AbortSignal): Promise<void> {
  const { warehouse, environment, logger, firstAfter = 90_000, every = 10 * 60_000 } = options;
  const writer = writerWhenNeeded({ environment, warehouse: async () => warehouse });
  let wait = firstAfter;
  while (!signal.aborted) {
    await pause(wait, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    wait = every;
    try {
      const project = loadProject(environment);
      const sent = await sendReminders({ warehouse, project, write: (events) => writer.write(events, RIGHTS) });
      if (sent > 0) logger.info({ reminders: sent }, 'units were reminded of what falls due');
    } catch (error) {
      // The next look finds what is still to be sent.
      logger.error({ err: error }, 'reminders could not be sent; the next look tries again');
    }
  }
}
