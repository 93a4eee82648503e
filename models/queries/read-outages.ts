import type { Warehouse } from '@hengjian/warehouse';
import type { Outage } from '../calendar/unit-workdays.ts';
import { outagesOf, readObjectionEvents } from '../objections/objection-events.ts';

/** Declared outages that stand, as the log has them now. They are announced to everybody: no scope narrows them. */
export async function readOutages(warehouse: Warehouse): Promise<Outage[]> {
  return outagesOf(await readObjectionEvents(warehouse));
}
