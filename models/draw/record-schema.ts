/** The shapes of a full and of a public record, exactly: a member too many is a record of something else. */
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Hex = Type.String({ pattern: '^([0-9a-f]{2})+$' });
const Rational = Type.String({ pattern: '^(0|[1-9][0-9]*)(/[1-9][0-9]*)?$' });
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Positive = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
const exactly = { additionalProperties: false } as const;

const Unit = Type.Object({ id: Type.String({ minLength: 1 }), cell: Count, key: Hash, rank: Positive }, exactly);

const together = {
  spec: Type.Literal('tier-srs-v1'),
  frame: Type.Object({ rows: Positive, sha256: Hash, merkle_root: Hash }, exactly),
  plan: Type.Object({}),
  plan_hash: Hash,
  secret: Hash,
  commit: Hash,
  beacon: Hex,
  seed: Hash,
  result_hash: Hash,
};

export const RecordSchema = Type.Object(
  {
    ...together,
    u: Type.String({ pattern: '^(0|[1-9][0-9]{0,19})$' }),
    cells: Type.Array(
      Type.Object(
        {
          key: Type.Array(Type.String(), { minItems: 1 }),
          N: Positive,
          expected: Rational,
          n: Count,
          pi: Rational,
          threshold: Type.Union([Hash, Type.Null()]),
        },
        exactly,
      ),
    ),
    selected: Type.Array(Unit),
    reserve: Type.Array(Unit),
  },
  exactly,
);

export const PublicRecordSchema = Type.Object(
  {
    ...together,
    strata: Type.Array(Type.Object({ values: Type.Array(Type.String()), N: Positive, n: Count }, exactly)),
    selected: Type.Array(Type.String({ minLength: 1 })),
  },
  exactly,
);
export type PublicRecord = Static<typeof PublicRecordSchema> & { plan: Record<string, unknown> };

const Path = Type.Array(Hash);
export const ProofSchema = Type.Object(
  {
    spec: Type.Literal('tier-srs-v1'),
    id: Type.String({ minLength: 1 }),
    columns: Type.Array(Type.String()),
    line: Type.String(),
    leaf_index: Count,
    tree_size: Positive,
    path: Path,
    merkle_root: Hash,
    plan_hash: Hash,
    commit: Hash,
    seed: Hash,
    cell: Type.Object(
      {
        key: Type.Array(Type.String(), { minItems: 1 }),
        N: Positive,
        n: Count,
        pi: Rational,
        threshold: Type.Union([Hash, Type.Null()]),
      },
      exactly,
    ),
    key: Hash,
    drawn: Type.Boolean(),
  },
  exactly,
);
export type Proof = Static<typeof ProofSchema>;

/** The first thing that is wrong with the shape, or undefined. */
export function shapeProblem(schema: TSchema, value: unknown): string | undefined {
  if (Value.Check(schema, value)) return undefined;
  const first = Value.Errors(schema, value)[0];
  const where = first?.instancePath ? `at ${first.instancePath}` : 'at the top';
  return `${where}: ${first?.message ?? 'another shape than the specification gives'}`;
}
