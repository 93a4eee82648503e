import type { StorageFault } from '@hengjian/contract/event-writer.ts';
import { NoBrokerError } from '../stream/log/no-broker-error.ts';

/** ClickHouse's names of errors (system.errors) that an office can do something about. */
const DISK = new Set([
  'NOT_ENOUGH_SPACE',
  'CANNOT_RESERVE_SPACE',
  'CANNOT_WRITE_TO_FILE_DESCRIPTOR',
  'CANNOT_FSYNC',
  'CANNOT_CLOSE_FILE',
]);

/** Why events cannot be made durable at this moment, as a sentence for the sender. */
export function describeStorageFault({ what, error }: StorageFault): string {
  if (error instanceof NoBrokerError) return 'No broker of the event log (Kafka) answers at this moment.';
  if (what === 'log') return 'The event log (Kafka) does not acknowledge at this moment.';
  const type = String((error as { type?: unknown } | undefined)?.type ?? '');
  if (DISK.has(type)) return 'The disk of the warehouse is full; nothing can be stored until room is made on it.';
  if (type === 'MEMORY_LIMIT_EXCEEDED') return 'The warehouse is short of memory at this moment.';
  if (type === 'TOO_MANY_PARTS') return 'The warehouse is still merging what came before.';
  if (type !== '') return `The warehouse cannot store anything at this moment (${type}).`;
  return 'The warehouse does not answer at this moment.';
}
