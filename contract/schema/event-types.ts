/** Every event type that is accepted (contract §2; domain §3). Any other is refused as `unknown_type`. */
import type { EventFamily, EventType } from './event-type.ts';
import { complaints } from './families/complaints.ts';
import { entries } from './families/entries.ts';
import { inspections } from './families/inspections.ts';
import { lists } from './families/lists.ts';
import { meetings } from './families/meetings.ts';
import { objections } from './families/objections.ts';
import { office } from './families/office.ts';
import { platformUse } from './families/platform-use.ts';
import { publications } from './families/publications.ts';
import { punishments } from './families/punishments.ts';
import { pushes } from './families/pushes.ts';
import { registrations } from './families/registrations.ts';
import { risk } from './families/risk.ts';
import { unlicensed } from './families/unlicensed.ts';

export const eventFamilies: readonly EventFamily[] = [
  platformUse,
  registrations,
  pushes,
  entries,
  unlicensed,
  inspections,
  lists,
  complaints,
  punishments,
  objections,
  meetings,
  office,
  publications,
  risk,
];

export const eventTypes: ReadonlyMap<string, EventType> = new Map(
  eventFamilies.flatMap(({ types }) => types.map((type) => [type.type, type] as const)),
);
