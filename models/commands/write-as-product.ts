import { fullRights } from '@hengjian/contract/write-rights.ts';
import type { CommandContext } from '@hengjian/warehouse';
import type { WriteEvents } from '../publication/write-events.ts';

/** The writer is opened when something is written: most commands end before. */
export function writeAsProduct(context: CommandContext): WriteEvents {
  return async (events) => (await context.writer()).write(events, fullRights('command line'));
}
