/** How a publication or an objection reaches the log: an `EventWriter` with the rights of who acts. Durable when it resolves. */
import type { Written } from '@hengjian/contract/event-writer.ts';

export type WriteEvents = (events: readonly object[]) => Promise<Written>;
