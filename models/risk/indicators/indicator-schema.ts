/** The shape of a file of risk indicators. */
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ pattern: '^[a-z][a-z0-9_]{0,40}$' });
const Text = Type.String({ minLength: 1 });
const Letter = Type.String({ pattern: '^[A-Z]$' });
/** Up to 10,000 points with six digits, so that millionths are exact. */
const Points = Type.Number({ exclusiveMinimum: 0, maximum: 10_000 });

const Condition = Type.Union([
  Type.Object({ member: Text, one_of: Type.Array(Text, { minItems: 1 }) }, closed),
  Type.Object({ member: Text, starts_with: Type.Array(Text, { minItems: 1 }) }, closed),
  Type.Object({ member: Text, at_least: Type.Number() }, closed),
]);

const evidence = {
  id: Id,
  name: Type.Object({ zh: Text, en: Text }, closed),
  event: Text,
  /** Days after which an event no longer counts; none: it counts for ever. */
  window_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 36_500 })),
  where: Type.Optional(Condition),
  /** Only the subject's latest event of the type. */
  latest: Type.Optional(Type.Boolean()),
  /** An event of this type, not before it, ends it. */
  cleared_by: Type.Optional(Text),
  /** An approved repair of its record ends it. */
  repairable: Type.Optional(Type.Boolean()),
  /** Only where so many subjects stand at its address. */
  same_address: Type.Optional(Type.Integer({ minimum: 2 })),
  /** Where it stands. */
  clause: Text,
};

const Indicator = Type.Object(
  {
    ...evidence,
    family: Type.Enum(['registration', 'dynamics', 'supervision', 'relations', 'complaints']),
    /** Points of one event. */
    weight: Points,
    /** Most points of all its events together; without it, no limit. */
    cap: Type.Optional(Points),
    /** `even`: an event fades evenly to nothing over the window (default with a window); `none`: it counts in full until the end. */
    decay: Type.Optional(Type.Enum(['even', 'none'])),
  },
  closed,
);

const DirectRule = Type.Object({ ...evidence, tier: Letter }, closed);

export const IndicatorFileSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' }),
    version: Text,
    tiers: Type.Array(Letter, { minItems: 3, maxItems: 5 }),
    /** Points from which the second, third … tier begins. */
    thresholds: Type.Optional(Type.Array(Points)),
    /** Percent of the subjects below each cut. */
    shares: Type.Optional(Type.Array(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 100 }))),
    indicators: Type.Array(Indicator, { minItems: 1 }),
    direct: Type.Optional(Type.Array(DirectRule)),
  },
  closed,
);

export type IndicatorFile = Static<typeof IndicatorFileSchema>;
export type Indicator = Static<typeof Indicator>;
export type DirectRule = Static<typeof DirectRule>;
