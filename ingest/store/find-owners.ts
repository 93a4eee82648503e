/** Whose the pushes and events are that those of a limited key act upon (contract §7). */
import { actedUpon } from '@hengjian/contract/authorize.ts';
import type { ActedUpon, Owners, Thing } from '@hengjian/contract/owners.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { EventChecker } from '../check/event-checker.ts';
import { BegunThings } from './begun-things.ts';
import { findThingOwners } from './find-thing-owners.ts';
import { inGroups } from './in-groups.ts';

/**
 * Takes the events of a request like a writer, before the writer does, and keeps only what they act upon. What is refused is
 * none of its business.
 */
export class ActedUponCollector {
  readonly #checker: EventChecker;
  readonly pushes = new Set<string>();
  readonly events = new Map<string, { source: string; id: string }>();
  readonly things = new Map<Thing, Set<string>>();

  constructor(limits?: RuleLimits) {
    this.#checker = new EventChecker(Date.now(), limits);
  }

  take(_submission: unknown, bytes: Buffer, start: number, end: number, _position: number, validUtf8: boolean): void {
    if (this.#checker.check(bytes, start, end, validUtf8)) return;
    this.add(actedUpon(this.#checker.fields));
  }

  add(upon: ActedUpon | undefined): void {
    if (upon?.push !== undefined) this.pushes.add(upon.push);
    if (upon?.thing) {
      const { kind, id } = upon.thing;
      this.things.set(kind, (this.things.get(kind) ?? new Set()).add(id));
    }
    if (upon?.event) this.events.set(keyOf(upon.event.source, upon.event.id), upon.event);
  }
}

/**
 * @param begun before, of which the warehouse may not know yet
 * @throws when the warehouse does not answer
 */
export async function findOwners(
  warehouse: Pick<Warehouse, 'query'>,
  { pushes, events, things }: Pick<ActedUponCollector, 'pushes' | 'events' | 'things'>,
  begun = new BegunThings(),
): Promise<Owners> {
  const pushOwners = new Map<string, { units: string[]; sources: string[] }>();
  for (const ids of inGroups([...pushes])) {
    const rows = await warehouse.query<{ push: string; units: string[]; sources: string[] }>(
      // A handed-on push is also that unit's.
      `SELECT e.push_id AS push,
         groupUniqArray(if(type = 'registration.pushed', CAST(department AS String), JSONExtractString(e.facts, 'to_unit'))) AS units,
         groupUniqArrayIf(CAST(source AS String), type = 'registration.pushed') AS sources
       FROM ${READABLE_EVENTS} AS e WHERE type IN ('registration.pushed', 'push.dispatched') AND push IN {ids:Array(String)}
       GROUP BY push HAVING notEmpty(sources)`,
      { ids },
    );
    for (const { push, units, sources } of rows) pushOwners.set(push, { units, sources });
  }
  const found = new Map<string, { unit: string; type: string }>();
  for (const group of inGroups([...events.values()])) {
    const rows = await warehouse.query<{ source: string; id: string; unit: string; type: string }>(
      `SELECT CAST(source AS String) AS source, id, any(CAST(department AS String)) AS unit, any(CAST(type AS String)) AS type FROM events
       WHERE (source, id) IN (SELECT source, id FROM events WHERE id IN {ids:Array(String)}) AND id IN {ids:Array(String)}
       GROUP BY source, id`,
      { ids: group.map(({ id }) => id) },
      { optimize_use_projections: 1 },
    );
    for (const { source, id, unit, type } of rows) found.set(keyOf(source, id), { unit, type });
  }
  const thingUnits = await findThingOwners(warehouse, things);
  return {
    push(id) {
      const [stored, fresh] = [pushOwners.get(id), begun.push(id)];
      const sources = union(stored?.sources, fresh?.sources);
      // Handed on alone, it is not there so far.
      return sources && sources.length > 0 ? { units: union(stored?.units, fresh?.units) ?? [], sources } : undefined;
    },
    event: (source, id) => found.get(keyOf(source, id)),
    thing: (kind, id) => union(thingUnits.get(kind)?.get(id), begun.of(kind, id)),
    admitted: (event) => begun.note(event),
  };
}

/** Of what is stored and what was let in since; undefined: neither knows of it. */
const union = (stored: readonly string[] | undefined, fresh: readonly string[] | undefined) =>
  stored && fresh ? [...new Set([...stored, ...fresh])] : (stored ?? fresh);

const keyOf = (source: string, id: string) => `${id}\0${source}`;
