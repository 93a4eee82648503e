import { THINGS, type Thing } from '@hengjian/contract/owners.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { HOLDING_VOIDS, READABLE_FACTS } from '@hengjian/warehouse/readable-events.ts';
import { findRecordOwners } from './find-record-owners.ts';
import { inGroups } from './in-groups.ts';

/** An event that says whose a thing is. */
export interface Saying {
  type: string;
  unit: string;
  data: Record<string, unknown>;
}

interface Said {
  types: readonly string[];
  /** Of all of them, as they are stored. */
  units: string;
  /** Of one, as it comes. */
  of(saying: Saying): unknown[];
}

type Begun = Exclude<Thing, 'record'>;

/** Which events say whose a thing is, and how. */
const SAID: Record<Begun, Said> = {
  task: {
    types: ['task.created'],
    units: `groupUniqArrayArray(arrayPushBack(JSONExtract(members, 'participants', 'Array(String)'), JSONExtractString(members, 'lead')))`,
    of: ({ data }) => [data.lead, ...(Array.isArray(data.participants) ? data.participants : [])],
  },
  case: { types: ['punishment.initiated'], units: 'groupUniqArray(unit)', of: ({ unit }) => [unit] },
  objection: {
    types: ['objection.filed', 'objection.forwarded'],
    units: `groupUniqArrayArray([unit, JSONExtractString(members, 'to_unit')])`,
    of: ({ unit, data }) => [unit, data.to_unit],
  },
  answer: {
    types: ['objection.filed', 'objection.forwarded'],
    units: `if(max(JSONExtractString(members, 'to_unit') != ''), groupUniqArray(JSONExtractString(members, 'to_unit')), groupUniqArray(unit))`,
    of: ({ unit, data }) => [data.to_unit || unit],
  },
  score_objection: {
    types: ['score_objection.filed'],
    units: `groupUniqArray(JSONExtractString(members, 'unit'))`,
    of: ({ data }) => [data.unit],
  },
  alert: {
    types: ['risk.alert_raised', 'risk.alert_assigned'],
    units: `groupUniqArray(if(type = 'risk.alert_raised', unit, JSONExtractString(members, 'unit')))`,
    of: ({ type, unit, data }) => [type === 'risk.alert_raised' ? unit : data.unit],
  },
};

const KINDS = Object.keys(SAID) as Begun[];
const begunBy = new Map(
  KINDS.flatMap((kind) => SAID[kind].types).map((type) => [
    type,
    KINDS.filter((kind) => SAID[kind].types.includes(type)),
  ]),
);

/** Kinds of things that an event of this type says whose they are. */
export const thingsBegunBy = (type: string): readonly Begun[] => begunBy.get(type) ?? NONE;
const NONE: readonly Begun[] = [];

/** The units whose a thing of this kind is by that event, as it names them. */
export const unitsBegunBy = (kind: Begun, saying: Saying): unknown[] => SAID[kind].of(saying);

/** @returns of each thing that is stored, and not by an event that was voided, the units whose it is. @throws when the warehouse does not answer */
export async function findThingOwners(
  warehouse: Pick<Warehouse, 'query'>,
  things: ReadonlyMap<Thing, ReadonlySet<string>>,
): Promise<Map<Thing, Map<string, string[]>>> {
  const found = new Map<Thing, Map<string, string[]>>();
  for (const [kind, all] of things) {
    if (kind === 'record') {
      found.set(kind, await findRecordOwners(warehouse, [...all]));
      continue;
    }
    const { types, units } = SAID[kind];
    const owners = new Map<string, string[]>();
    for (const ids of inGroups([...all])) {
      const rows = await warehouse.query<{ thing: string; units: string[] }>(
        `WITH ${HOLDING_VOIDS('1')}
         SELECT thing, arrayFilter(one -> one != '', ${units}) AS units
         FROM (
           SELECT type, CAST(department AS String) AS unit, facts AS members, JSONExtractString(members, {member:String}) AS thing
           FROM ${READABLE_FACTS} AS e WHERE type IN {types:Array(String)} AND thing IN {ids:Array(String)}
             AND (toString(e.source), e.id) NOT IN (SELECT voided_source, voided_id FROM holding)
         )
         GROUP BY thing HAVING notEmpty(units)`,
        { ids, types, member: THINGS[kind] },
      );
      for (const row of rows) owners.set(row.thing, row.units);
    }
    found.set(kind, owners);
  }
  return found;
}
