/** The shape of a rule set file. Items are compositions of few kinds of part; nothing here knows a weight or a unit. */
import { type Static, Type } from 'typebox';

const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9_.-]{0,63}$' });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const OpenDay = Type.Union([Day, Type.Null()]);
const Names = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) });
/** Points with at most six decimals: scores are exact fractions of these. */
const Points = Type.Number({ minimum: 0, maximum: 1000, multipleOf: 0.000001 });

/** What the rule counts; each is a set of ledger rows made by the model `int_obligations`. */
export const MEASURES = [
  'login',
  'claim',
  'feedback',
  'licence',
  'dishonest',
  'unlicensed',
  'library',
  'plan',
  'joint_task',
  'inspection',
  'joint_draw',
  'publication',
  'attendance',
  'material',
] as const;
const Measure = Type.Union(MEASURES.map((name) => Type.Literal(name)));

export const LOST_KINDS = [
  'missed_login_day',
  'unclaimed',
  'claimed_late',
  'not_fed_back',
  'fed_back_late',
  'not_entered',
  'case_missing',
  'library_incomplete',
  'no_plan',
  'not_inspected',
  'draw_missing',
  'not_published',
  'absent',
  'material_missing',
  'material_late',
  'mark_below_full',
] as const;
const LostKind = Type.Union(LOST_KINDS.map((kind) => Type.Literal(kind)));

export const DUTIES = ['login', 'licence', 'unlicensed', 'penalty', 'other_dishonest', 'double_random'] as const;
const Duty = Type.Union(DUTIES.map((duty) => Type.Literal(duty)));

export const PART_KINDS = [
  'ratio',
  'timely',
  'ratio_full',
  'steps',
  'checklist',
  'mark_or_ratio',
  'deductions',
] as const;

const Part = Type.Object(
  {
    id: Id,
    kind: Type.Union(PART_KINDS.map((kind) => Type.Literal(kind))),
    measure: Type.Optional(Measure),
    points: Points,
    clause: Type.String({ minLength: 1 }),
    /** Its figures are the item's numerator, denominator and on-time count. */
    shown: Type.Optional(Type.Boolean()),
    /** ratio_full: the share from which full marks are given. */
    threshold: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1, multipleOf: 0.000001 })),
    /** steps: [from this count on, points or the name of a number parameter]. */
    steps: Type.Optional(
      Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), Type.Union([Points, Type.String()])]), { minItems: 2 }),
    ),
    /** steps: at a count of zero an awarded mark gives the points. */
    mark_at_zero: Type.Optional(Type.Boolean()),
    /** steps: parameter that decides whether the highest step fills the whole item. */
    fills_item: Type.Optional(Type.Literal('joint.ge2')),
    deductions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            measure: Measure,
            state: Type.Union([Type.Literal('missed'), Type.Literal('late')]),
            points: Points,
            lost: LostKind,
          },
          { additionalProperties: false },
        ),
        { minItems: 1 },
      ),
    ),
    lost: Type.Optional(
      Type.Object(
        {
          missed: Type.Optional(LostKind),
          late: Type.Optional(LostKind),
          none: Type.Optional(LostKind),
          mark: Type.Optional(LostKind),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

const Item = Type.Object(
  {
    id: Id,
    name: Names,
    weight: Points,
    /** Any of these duties brings the item; none: every unit has it. */
    duty: Type.Array(Duty),
    clause: Type.String({ minLength: 1 }),
    /** Takes the weight of items a unit has no duty for. */
    receives_reallocation: Type.Optional(Type.Boolean()),
    badges: Type.Optional(Type.Array(Type.Literal('borrowed_deadline'))),
    /** false: the item is switched off, its weight is reallocated. */
    on: Type.Optional(Type.Boolean()),
    parts: Type.Array(Part, { minItems: 1 }),
  },
  { additionalProperties: false },
);

const Unit = Type.Object(
  {
    id: Id,
    name: Type.String({ minLength: 1 }),
    en: Type.Optional(Type.String({ minLength: 1 })),
    /** Names, short names and codes by which tables call the unit. */
    aliases: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    duties: Type.Array(
      Type.Union([
        Duty,
        Type.Object(
          { duty: Duty, from: Type.Optional(OpenDay), to: Type.Optional(OpenDay) },
          { additionalProperties: false },
        ),
      ]),
    ),
    /** Double-random areas; one or more bring the duty double_random. */
    areas: Type.Array(Type.String({ minLength: 1 })),
    from: Type.Optional(OpenDay),
    to: Type.Optional(OpenDay),
  },
  { additionalProperties: false },
);

export const RuleSetSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
    version: Type.String({ minLength: 1, maxLength: 40 }),
    name: Names,
    source: Type.String({ minLength: 1 }),
    in_force: Type.Object({ from: OpenDay, to: OpenDay }, { additionalProperties: false }),
    parameters: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    badges: Type.Object(
      { small_n: Type.Integer({ minimum: 0 }), near_threshold: Type.Number({ minimum: 0, maximum: 1 }) },
      { additionalProperties: false },
    ),
    libraries: Type.Record(
      Type.Union([Type.Literal('items'), Type.Literal('objects'), Type.Literal('inspectors')]),
      Type.Object(
        {
          min_count: Type.Integer({ minimum: 0 }),
          approvals: Type.Optional(
            Type.Array(Type.Union([Type.Literal('approved_by_legal'), Type.Literal('approved_by_office')])),
          ),
          max_age_days: Type.Optional(Type.Integer({ minimum: 0 })),
        },
        { additionalProperties: false },
      ),
    ),
    registers: Type.Array(
      Type.Object(
        {
          measure: Type.Union([Type.Literal('licence'), Type.Literal('dishonest')]),
          list: Type.Union([Type.Literal('licence'), Type.Literal('dishonest')]),
          entries: Type.Array(
            Type.Object(
              {
                type: Type.Union(
                  (['licence.entered', 'penalty.entered', 'dishonest.entered'] as const).map((type) =>
                    Type.Literal(type),
                  ),
                ),
                duty: Duty,
              },
              { additionalProperties: false },
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    items: Type.Array(Item, { minItems: 1 }),
    units: Type.Array(Unit, { minItems: 1 }),
  },
  { additionalProperties: false },
);

export type RuleSetText = Static<typeof RuleSetSchema>;
export type RuleSetItem = Static<typeof Item>;
export type RuleSetPart = Static<typeof Part>;
