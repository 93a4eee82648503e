import type { EventSink } from './event-sink.ts';

/** What HTTP and file import need of whatever takes their events: the sink of this process, or the log before it. */
export type EventDoor = Pick<
  EventSink,
  'findsDuplicates' | 'open' | 'take' | 'takeOversized' | 'refuse' | 'hasRoom' | 'room' | 'settle' | 'obstacle'
>;
