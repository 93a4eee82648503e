/** The second step of writing: whether this event may come from whom it comes (contract §7, “Who does an event”). */
import { countedUnit } from './counted-unit.ts';
import { type ActedUpon, type Owners, THINGS } from './owners.ts';
import { beyondUnits } from './reach.ts';
import { NOT_THERE_YET, type Reason } from './reasons.ts';
import type { RuleLimits } from './rule-limits.ts';
import type { EventType } from './schema/event-type.ts';
import { eventTypes } from './schema/event-types.ts';
import { GRANTS, PRODUCT_SOURCES, type WriteRights } from './write-rights.ts';

/** What the check found in an event, as far as rights depend on it. */
export interface AuthorizedFields {
  source: { text: string };
  department: { text: string };
  /** Empty without. */
  region: { text: string };
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

/** Whether a key may not send everything: only then it matters whose the things are that its events act upon. */
export const isLimited = ({ sources, units }: WriteRights): boolean => sources !== 'all' || units !== 'all';

/** Whose push, event or other thing this one acts upon; undefined: nobody else's matters. */
export function actedUpon(event: AuthorizedFields): ActedUpon | undefined {
  const { actor, ownSource, type, upon } = eventTypes.get(event.type.text)!;
  if (ownSource !== undefined) {
    const { event_source: source, event_id: id } = dataOf(event);
    return typeof source === 'string' && typeof id === 'string' ? { event: { source, id } } : undefined;
  }
  if (upon !== undefined) {
    const id = dataOf(event)[THINGS[upon]];
    return typeof id === 'string' ? { thing: { kind: upon, id } } : undefined;
  }
  if (type === 'registration.pushed' || (actor !== 'unit' && actor !== 'registry')) return undefined;
  const { push_id: push } = dataOf(event);
  return typeof push === 'string' ? { push } : undefined;
}

/**
 * @param owners whose the things are that it acts upon, for limited rights; not given: they were judged before, or are not
 *   limited
 * @param limits of the rule sets in use, for limited rights
 * @returns undefined when it may; else why not
 */
export function authorize(
  event: AuthorizedFields,
  rights: WriteRights,
  owners?: Owners,
  limits?: RuleLimits,
): Refused | undefined {
  const { sources, units, may } = rights;
  const limited = isLimited(rights);
  if (!limited && may.length === GRANT_COUNT) return undefined;
  const type = eventTypes.get(event.type.text)!;
  const source = event.source.text;
  if (rights.outside && source.startsWith(PRODUCT_SOURCES) && (sources === 'all' || !sources.includes(source)))
    return {
      reason: 'source_not_allowed',
      detail: `${source} is a source of the product itself; a key sends under the source of its own system`,
    };
  if (!limited) return refusedActor(type, event, rights, undefined);
  const unit = event.department.text;
  if (sources !== 'all' && !sources.includes(source))
    return { reason: 'source_not_allowed', detail: `this key may only send events of source ${sources.join(', ')}` };
  if (units !== 'all' && !units.includes(unit))
    return {
      reason: 'unit_not_allowed',
      detail: `this key may only send events of ${units.join(', ')}, not of ${unit}`,
    };
  return (
    refusedRegion(event, rights, limits) ??
    refusedActor(type, event, rights, owners) ??
    refusedUnit(type, event) ??
    refusedNamed(type, event, rights) ??
    (owners &&
      (type.upon
        ? refusedThing(type, event, rights, owners, limits)
        : refusedPush(type, event, rights, owners, limits)))
  );
}

/** Where the department is no unit of a rule set, the area says whose the event is: of others it is as little as by their name. */
function refusedRegion(
  { department, region }: AuthorizedFields,
  { units }: WriteRights,
  { regional = [] }: Pick<RuleLimits, 'regional'> = {},
): Refused | undefined {
  if (units === 'all' || region.text === '') return undefined;
  for (const ruleSet of regional) {
    const counted = countedUnit(ruleSet, department.text, region.text);
    if (counted !== undefined && !units.includes(counted))
      return {
        reason: 'unit_not_allowed',
        detail: `this key may only send events of ${units.join(', ')}; with the region ${JSON.stringify(region.text)} this one is of ${counted} under the rule set ${ruleSet.ruleset}; an administrator gives the key --unit ${counted} too`,
      };
  }
  return undefined;
}

const GRANT_COUNT = GRANTS.length;

function refusedActor(
  type: EventType,
  event: AuthorizedFields,
  rights: WriteRights,
  owners: Owners | undefined,
): Refused | undefined {
  const { actor, ownSource } = type;
  if (actor === 'unit' || rights.may.includes(actor)) return undefined;
  if (ownSource !== undefined) return refusedVoid(type, event, rights, owners);
  return {
    reason: 'not_granted',
    detail:
      actor === 'product'
        ? `${type.type} is an act of the product itself; only a file at the command line may bring one`
        : `${type.type} is an act of the ${actor}; an administrator grants it with --may ${actor}`,
  };
}

/** Of one's own source, and of one's own units: whoever may send of every source has only units of its own. */
function refusedVoid(
  { type, actor }: EventType,
  event: AuthorizedFields,
  { sources, units }: WriteRights,
  owners: Owners | undefined,
): Refused | undefined {
  const { event_source: source, event_id: id } = dataOf(event);
  const named = { source: String(source), id: String(id) };
  const of = (what: string) => ({
    reason: 'not_granted' as const,
    detail: `${type} of ${what} is an act of the ${actor}; an administrator grants it with --may ${actor}`,
  });
  if (sources !== 'all' && !sources.includes(named.source))
    return of(`another source than one’s own (data.event_source: ${JSON.stringify(source)})`);
  if (units === 'all') return sources === 'all' ? of('another source than one’s own') : undefined;
  const target = owners?.event(named.source, named.id);
  if (target && !units.includes(target.unit)) return of(`an event of another unit than one’s own (${target.unit})`);
  // What others did for or to the unit has it in the envelope too: a push, a reminder, a draw of the product.
  if (target && sources === 'all' && (targetActor(target) !== 'unit' || named.source.startsWith(PRODUCT_SOURCES)))
    return of(`what the unit has not done itself (${target.type} of ${named.source})`);
  if (target) return undefined;
  // Of one's own source it can only be one's own that is still to come.
  return sources === 'all'
    ? of(`an event that is not there (${JSON.stringify(named.id)}), so that nobody knows its unit,`)
    : undefined;
}

const targetActor = ({ type }: { type: string }) => eventTypes.get(type)?.actor;

/**
 * Nobody knows whose a thing will be that is not there so far. A key of units says of it only what can count for nobody but whom it will
 * be of (a claim), or what counts whether or not it comes.
 */
function refusedAhead(
  { type, after }: EventType,
  what: string,
  { units }: WriteRights,
  { alone = [] }: Pick<RuleLimits, 'alone'> = {},
): Refused | undefined {
  // Of every unit, it could come under the name of whom it will be of.
  if (!after || units === 'all' || alone.includes(type)) return undefined;
  return {
    reason: 'not_granted',
    detail: `${type}: ${what} ${NOT_THERE_YET}, and whoever it will be of, this could count against; send it again, or replay it, when it is there`,
  };
}

/** A push is answered by its own unit or the registry, and taken back by who pushed it. */
function refusedPush(
  eventType: EventType,
  event: AuthorizedFields,
  rights: WriteRights,
  owners: Owners,
  limits?: RuleLimits,
): Refused | undefined {
  const { type, actor } = eventType;
  const { sources, may } = rights;
  const id = actedUpon(event)?.push;
  if (id === undefined) return undefined;
  const push = owners.push(id);
  if (!push)
    return may.includes('registry')
      ? undefined
      : refusedAhead(eventType, `the push ${JSON.stringify(id)}`, rights, limits);
  const unit = event.department.text;
  if (actor === 'unit') {
    if (push.units.includes(unit) || may.includes('registry')) return undefined;
    return {
      reason: 'not_granted',
      detail: `${type}: the push ${JSON.stringify(id)} is one of ${push.units.join(', ')}, not of ${unit}; only its own unit or the registry acts on it`,
    };
  }
  if (sources === 'all' || push.sources.some((source) => sources.includes(source))) return undefined;
  return {
    reason: 'not_granted',
    detail: `${type}: the push ${JSON.stringify(id)} came from ${push.sources.join(', ')}; only the source that pushed acts on it`,
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

/** A unit of its own accord says nothing about the figures of others: that takes the office, or the others themselves. */
function refusedNamed(
  { type, actor, concerns }: EventType,
  event: AuthorizedFields,
  { units, may }: WriteRights,
): Refused | undefined {
  if (concerns === undefined || actor !== 'unit' || units === 'all' || may.includes('office')) return undefined;
  const beyond = beyondUnits(units, { type, data: dataOf(event) });
  if (!beyond) return undefined;
  const whom = beyond.units.join(', ') || 'nobody, which means all units,';
  return {
    reason: 'not_granted',
    detail: `${type}: data.${beyond.field} names ${whom} beyond ${units.join(', ')}, whose figures change by it; an administrator grants it with --may office`,
  };
}

/**
 * What speaks of a task, a case, an objection, an alert or a record comes from whose it is; who alone has the duty attaches and publishes
 * the records of others.
 */
function refusedThing(
  eventType: EventType,
  event: AuthorizedFields,
  rights: WriteRights,
  owners: Owners,
  limits?: RuleLimits,
): Refused | undefined {
  const { type, upon } = eventType;
  const { units, may } = rights;
  const thing = actedUpon(event)?.thing;
  const whose = thing && owners.thing(thing.kind, thing.id);
  const unit = event.department.text;
  const own = (one: string) => one === unit || (units !== 'all' && units.includes(one));
  // Of a platform's own source come the records of every unit.
  if (upon === 'record' && (units === 'all' || limits?.publishers?.includes(unit))) return undefined;
  if (!thing || !upon || may.includes('office')) return undefined;
  if (!whose) return refusedAhead(eventType, `data.${THINGS[upon]} ${JSON.stringify(thing.id)}`, rights, limits);
  if (whose.some(own)) return undefined;
  return {
    reason: 'not_granted',
    detail: `${type}: data.${THINGS[upon]} ${JSON.stringify(thing.id)} is one of ${whose.join(', ')}, not of ${unit}; an administrator grants it with --may office`,
  };
}

const dataOf = ({ bytes, dataStart, dataEnd }: AuthorizedFields) =>
  JSON.parse(bytes.toString('utf8', dataStart, dataEnd)) as Record<string, unknown>;
