/**
 * The shape of a rule set file. Items are compositions of few kinds of part; what kinds there are, and what a kind needs,
 * is found from the folders in `kinds/`. Nothing here knows a weight, a unit, a measure or a duty.
 */
import { type Static, type TProperties, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9_.-]{0,63}$' });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const OpenDay = Type.Union([Day, Type.Null()]);
const Names = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) });
/** Points with at most six decimals: scores are exact fractions of these. */
const Points = Type.Number({ minimum: 0, maximum: 1000, multipleOf: 0.000001 });

const partMembers = {
  id: Id,
  kind: Id,
  measure: Type.Optional(Id),
  /** Absent for kinds that are rates. */
  points: Type.Optional(Points),
  clause: Type.String({ minLength: 1 }),
  /** Its figures are the item's numerator, denominator and on-time count. */
  shown: Type.Optional(Type.Boolean()),
  /** What a lost row is called; by default the first (missed) and second (late) lost kind of the measure. */
  lost: Type.Optional(
    Type.Object(
      { missed: Type.Optional(Id), late: Type.Optional(Id), none: Type.Optional(Id), mark: Type.Optional(Id) },
      closed,
    ),
  ),
};
const OpenPart = Type.Object(partMembers);

const itemMembers = {
  id: Id,
  name: Names,
  /** Absent in a rule set of rates. */
  weight: Type.Optional(Points),
  /** Any of these duties brings the item; none: every unit has it. */
  duty: Type.Array(Id),
  clause: Type.String({ minLength: 1 }),
  /** Takes the weight of items a unit has no duty for. */
  receives_reallocation: Type.Optional(Type.Boolean()),
  badges: Type.Optional(Type.Array(Type.Literal('borrowed_deadline'))),
  /** false: the item is switched off, its weight is reallocated. */
  on: Type.Optional(Type.Boolean()),
};
const OpenItem = Type.Object({ ...itemMembers, parts: Type.Array(OpenPart) });

const Unit = Type.Object(
  {
    id: Id,
    name: Type.String({ minLength: 1 }),
    en: Type.Optional(Type.String({ minLength: 1 })),
    /** Names, short names and codes by which tables call the unit. */
    aliases: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    duties: Type.Array(
      Type.Union([Id, Type.Object({ duty: Id, from: Type.Optional(OpenDay), to: Type.Optional(OpenDay) }, closed)]),
    ),
    /** Double-random areas; one or more bring the duty double_random. */
    areas: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    /** Area codes whose events are the unit's, beside those whose `department` is its id. */
    regions: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    /** What departments are called that send for the unit under ids of their own, since it is found by its region. */
    departments: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Type.String({ minLength: 1 }),
            name: Type.String({ minLength: 1 }),
            en: Type.Optional(Type.String({ minLength: 1 })),
          },
          closed,
        ),
      ),
    ),
    from: Type.Optional(OpenDay),
    to: Type.Optional(OpenDay),
  },
  closed,
);

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null(), Type.Array(Type.String())]);
/** A value, or values by the day from which each is in force (the first may be without). */
const DatedValue = Type.Union([
  Value,
  Type.Array(Type.Object({ from: Type.Optional(OpenDay), value: Value }, closed), { minItems: 1 }),
]);

const rootMembers = {
  id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
  version: Type.String({ minLength: 1, maxLength: 40 }),
  name: Names,
  source: Type.String({ minLength: 1 }),
  in_force: Type.Object({ from: OpenDay, to: OpenDay }, closed),
  /** What is kept up to date and shown; without it quarters. */
  periods: Type.Optional(
    Type.Array(Type.Union([Type.Literal('month'), Type.Literal('quarter'), Type.Literal('year')]), { minItems: 1 }),
  ),
  parameters: Type.Record(Type.String(), DatedValue),
  badges: Type.Object(
    { small_n: Type.Integer({ minimum: 0 }), near_threshold: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })) },
    closed,
  ),
  libraries: Type.Optional(
    Type.Record(
      Id,
      Type.Object(
        {
          min_count: Type.Integer({ minimum: 0 }),
          approvals: Type.Optional(Type.Array(Id)),
          max_age_days: Type.Optional(Type.Integer({ minimum: 0 })),
        },
        closed,
      ),
    ),
  ),
  registers: Type.Optional(
    Type.Array(
      Type.Object({ measure: Id, list: Id, entries: Type.Array(Type.Object({ type: Id, duty: Id }, closed)) }, closed),
    ),
  ),
  /** Groups of items that a rule set shows as a table of its own, without a total. */
  tables: Type.Optional(
    Type.Array(
      Type.Object(
        { id: Id, name: Names, clause: Type.String({ minLength: 1 }), items: Type.Array(Id, { minItems: 1 }) },
        closed,
      ),
    ),
  ),
  units: Type.Array(Unit, { minItems: 1 }),
};

/** The exact shape, with the members that the kinds at hand add to a part. */
export function ruleSetSchema(kindMembers: TProperties) {
  const Part = Type.Object({ ...partMembers, ...kindMembers }, closed);
  const Item = Type.Object({ ...itemMembers, parts: Type.Array(Part, { minItems: 1 }) }, closed);
  return Type.Object({ ...rootMembers, items: Type.Array(Item, { minItems: 1 }) }, closed);
}

const OpenRuleSet = Type.Object({ ...rootMembers, items: Type.Array(OpenItem) });
export type RuleSetText = Omit<Static<typeof OpenRuleSet>, 'items'> & { items: RuleSetItem[] };
export type RuleSetItem = Omit<Static<typeof OpenItem>, 'parts'> & { parts: RuleSetPart[] };
/** Members of its kind are read by the kind only. */
export type RuleSetPart = Static<typeof OpenPart> & Readonly<Record<string, unknown>>;
export type RuleSetUnit = Static<typeof Unit>;
