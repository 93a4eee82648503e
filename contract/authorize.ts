/** The second step of writing: whether this event may come from whom it comes (contract §7, “Who does an event”). */
import type { Reason } from './reasons.ts';
import type { EventType } from './schema/event-type.ts';
import { eventTypes } from './schema/event-types.ts';
import { GRANTS, type WriteRights } from './write-rights.ts';

/** What the check found in an event, as far as rights depend on it. */
export interface AuthorizedFields {
  source: { text: string };
  department: { text: string };
  type: { text: string };
  /** Holds `data` as JSON in `[dataStart, dataEnd)`. */
  bytes: Buffer;
  dataStart: number;
  dataEnd: number;
}

export interface Refused {
  reason: Reason;
  detail: string;
}

/** @returns undefined when it may; else why not */
export function authorize(event: AuthorizedFields, rights: WriteRights): Refused | undefined {
  const { sources, units, may } = rights;
  const limited = sources !== 'all' || units !== 'all';
  if (!limited && may.length === GRANT_COUNT) return undefined;
  const type = eventTypes.get(event.type.text)!;
  if (!limited) return refusedActor(type, event, rights);
  const source = event.source.text;
  const unit = event.department.text;
  if (sources !== 'all' && !sources.includes(source))
    return { reason: 'source_not_allowed', detail: `this key may only send events of source ${sources.join(', ')}` };
  if (units !== 'all' && !units.includes(unit))
    return {
      reason: 'unit_not_allowed',
      detail: `this key may only send events of ${units.join(', ')}, not of ${unit}`,
    };
  return refusedActor(type, event, rights) ?? refusedUnit(type, event);
}

const GRANT_COUNT = GRANTS.length;

function refusedActor(type: EventType, event: AuthorizedFields, { sources, may }: WriteRights): Refused | undefined {
  const { actor, ownSource } = type;
  if (actor === 'unit' || may.includes(actor)) return undefined;
  if (ownSource !== undefined) {
    const named = dataOf(event)[ownSource];
    // Whoever may send of every source has none of its own.
    if (sources !== 'all' && typeof named === 'string' && sources.includes(named)) return undefined;
    return {
      reason: 'not_granted',
      detail: `${type.type} of another source than one’s own (data.${ownSource}: ${JSON.stringify(named)}) is an act of the ${actor}; an administrator grants it with --may ${actor}`,
    };
  }
  return {
    reason: 'not_granted',
    detail:
      actor === 'product'
        ? `${type.type} is an act of the product itself; only a file at the command line may bring one`
        : `${type.type} is an act of the ${actor}; an administrator grants it with --may ${actor}`,
  };
}

/** The unit that `data` names as acting is the one of the envelope. */
function refusedUnit({ type, actingUnit }: EventType, event: AuthorizedFields): Refused | undefined {
  if (actingUnit === undefined) return undefined;
  const unit = event.department.text;
  const named = dataOf(event)[actingUnit];
  if (named === undefined || named === unit) return undefined;
  return {
    reason: 'not_granted',
    detail: `${type}: data.${actingUnit} ${JSON.stringify(named)} is not the unit that acts, ${unit}`,
  };
}

const dataOf = ({ bytes, dataStart, dataEnd }: AuthorizedFields) =>
  JSON.parse(bytes.toString('utf8', dataStart, dataEnd)) as Record<string, unknown>;
