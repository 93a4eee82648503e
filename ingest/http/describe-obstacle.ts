import { isConnectionError } from '@hengjian/warehouse';

/** ClickHouse's names of errors (system.errors) that an office can do something about. */
const DISK = new Set([
  'NOT_ENOUGH_SPACE',
  'CANNOT_RESERVE_SPACE',
  'CANNOT_WRITE_TO_FILE_DESCRIPTOR',
  'CANNOT_FSYNC',
  'CANNOT_CLOSE_FILE',
]);

/** Why events cannot be made durable at this moment, as a sentence for the sender. */
export function describeObstacle(error: Error): string {
  const type = String((error as { type?: unknown }).type ?? '');
  if (DISK.has(type)) return 'The disk of the warehouse is full; nothing can be stored until room is made on it.';
  if (type === 'MEMORY_LIMIT_EXCEEDED') return 'The warehouse is short of memory at this moment.';
  if (type === 'TOO_MANY_PARTS') return 'The warehouse is still merging what came before.';
  if (error.name.startsWith('KafkaJS')) return 'The event log (Kafka) does not acknowledge at this moment.';
  if (isConnectionError(error)) return 'The warehouse does not answer at this moment.';
  return 'The events cannot be stored at this moment.';
}
