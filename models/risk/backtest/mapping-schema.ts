/** The shape of a mapping file: which column of the office's table means what, and what the model is made of. */
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const Column = Type.String({ minLength: 1 });
const Positive = Type.Number({ exclusiveMinimum: 0 });
/** Where true, the feature is fitted (so that its influence is taken out of the others) but does not move the score. */
const adjustOnly = Type.Optional(Type.Boolean());

const ColumnFeature = Type.Object(
  {
    column: Column,
    /** Without it: a number where each value of the training file is one, else a category. */
    as: Type.Optional(Type.Union([Type.Literal('number'), Type.Literal('category'), Type.Literal('days_before')])),
    /** Adds log(1 + x) beside x, for counts and amounts with a long tail. */
    log1p: Type.Optional(Type.Boolean()),
    /** Piecewise linear: adds max(0, x − knot) for each knot. */
    knots: Type.Optional(Type.Array(Type.Number(), { minItems: 1 })),
    /** Cuts the number into classes (lo, hi] in place of x itself. */
    bins: Type.Optional(Type.Array(Type.Number(), { minItems: 1 })),
    /** A level seen less often in training is pooled as "other". */
    min_count: Type.Optional(Type.Integer({ minimum: 1 })),
    adjust_only: adjustOnly,
  },
  closed,
);

const CrossFeature = Type.Object(
  {
    cross: Type.Array(Column, { minItems: 2, maxItems: 3 }),
    min_count: Type.Optional(Type.Integer({ minimum: 1 })),
    adjust_only: adjustOnly,
  },
  closed,
);

const HistoryFeature = Type.Object(
  {
    /** A 0/1 column of EARLIER inspections, usually the target. */
    history: Column,
    by: Type.Union([Column, Type.Array(Column, { minItems: 1 })]),
    /** How many inspections of average outcome stand before the first one of a group. */
    prior: Type.Optional(Positive),
    half_life_days: Type.Optional(Positive),
    /** Outcomes younger than this many days do not count yet. */
    lag_days: Type.Optional(Type.Integer({ minimum: 0 })),
    adjust_only: adjustOnly,
  },
  closed,
);

const SeasonFeature = Type.Object({ season: Type.Literal(true), adjust_only: adjustOnly }, closed);

export const FeatureSchema = Type.Union([Column, ColumnFeature, CrossFeature, HistoryFeature, SeasonFeature]);

export const MappingSchema = Type.Object(
  {
    id: Column,
    date: Column,
    target: Column,
    /** Column with the probability (0, 1] with which the subject was drawn; figures are then weighted by its inverse. */
    probability: Type.Optional(Column),
    /** Column with an index or score already in use, compared with the model's. */
    compare: Type.Optional(Column),
    /** Weight of the ridge penalty; without it, chosen on the last fifth of the training time. */
    penalty: Type.Optional(Positive),
    features: Type.Array(FeatureSchema, { minItems: 1 }),
  },
  closed,
);

export type MappingText = Static<typeof MappingSchema>;
export type ColumnFeature = Static<typeof ColumnFeature>;
export type CrossFeature = Static<typeof CrossFeature>;
export type HistoryFeature = Static<typeof HistoryFeature>;
export type SeasonFeature = Static<typeof SeasonFeature>;
export type Feature = ColumnFeature | CrossFeature | HistoryFeature | SeasonFeature;
