/** `score-snapshot-v1` and `score-publication-v1` (publication.md §1, §3): shapes, and what makes JSON of other origin one of them. */
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Exact = Type.Union([Type.String({ pattern: '^-?\\d+(/[1-9]\\d*)?$' }), Type.Null()]);
const Figure = Type.Union([Type.Number(), Type.Null()]);
const Rank = Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]);
/** Of a rule set that keeps them also a month (`2025-04`) or a year (`2025`). */
const PeriodId = Type.String({ pattern: '^\\d{4}(?:Q[1-4]|-(?:0[1-9]|1[0-2]))?$' });
const Moment = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$',
});
const closed = { additionalProperties: false };

const SnapshotItem = Type.Object(
  {
    item: Type.String(),
    /** Reduced fractions; null in rule sets without points, whose items have a rank instead. */
    weight: Exact,
    points: Exact,
    numerator: Figure,
    denominator: Figure,
    on_time: Figure,
    rank: Type.Optional(Rank),
  },
  closed,
);

const SnapshotUnit = Type.Object(
  { unit: Type.String(), rank: Rank, total: Exact, items: Type.Array(SnapshotItem) },
  closed,
);

export const SnapshotSchema = Type.Object(
  {
    spec: Type.Literal('score-snapshot-v1'),
    quarter: PeriodId,
    ruleset: Type.Object({ id: Type.String(), version: Type.String(), sha256: Sha256 }, closed),
    /** The last local day that counts. */
    cutoff: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    units: Type.Array(SnapshotUnit),
  },
  closed,
);

export const RecordSchema = Type.Object(
  {
    spec: Type.Literal('score-publication-v1'),
    sequence: Type.Integer({ minimum: 1 }),
    quarter: PeriodId,
    number: Type.Integer({ minimum: 1 }),
    kind: Type.Union([Type.Literal('published'), Type.Literal('corrected')]),
    published_at: Moment,
    as_of: Moment,
    snapshot_sha256: Sha256,
    events: Type.Object({ count: Type.Integer({ minimum: 0 }), sha256: Sha256 }, closed),
    previous: Sha256,
    reason: Type.String(),
    by: Type.String(),
  },
  closed,
);

export type Snapshot = Static<typeof SnapshotSchema>;
export type SnapshotUnitScore = Static<typeof SnapshotUnit>;
export type SnapshotItemScore = Static<typeof SnapshotItem>;
export type PublicationRecord = Static<typeof RecordSchema>;

/** `previous` of the first publication. */
export const NO_PREVIOUS = '0'.repeat(64);

/** What keeps `value` from being a record, or null. */
export const recordProblem = (value: unknown): string | null => firstProblem(RecordSchema, value);
/** What keeps `value` from being a snapshot, or null. */
export const snapshotProblem = (value: unknown): string | null => firstProblem(SnapshotSchema, value);

function firstProblem(schema: typeof RecordSchema | typeof SnapshotSchema, value: unknown): string | null {
  const [error] = Value.Errors(schema, value);
  return error ? `${error.instancePath || 'the whole'} ${error.message}` : null;
}
