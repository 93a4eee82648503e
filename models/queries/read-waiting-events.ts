import type { Warehouse } from '@hengjian/warehouse';
import { COUNT_WAITING } from '@hengjian/warehouse/readable-events.ts';

/**
 * Stored events that the next refresh reads again, after an update: until then pages may lack what some of them say. Scores never do:
 * a refresh reads all of them first.
 */
export async function readWaitingEvents(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ waiting: number }>(COUNT_WAITING);
  return row!.waiting;
}
