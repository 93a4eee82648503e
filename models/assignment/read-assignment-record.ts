import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { DrawError } from '../draw/draw-error.ts';
import type { AssignmentRecord } from './assignment-record.ts';
import { RECUSAL_GROUNDS } from './inspector.ts';

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Hashed = Type.Object({ rows: Type.Integer(), sha256: Hash });
const Schema = Type.Object({
  spec: Type.Literal('inspector-teams-v1'),
  seed: Hash,
  day: Type.String(),
  visits: Hashed,
  inspectors: Hashed,
  recusals: Type.Union([Hashed, Type.Null()]),
  teams: Type.Array(
    Type.Object({
      subject: Type.String(),
      inspectors: Type.Array(Type.Object({ id: Type.String(), role: Type.String(), key: Hash })),
    }),
  ),
  adjustments: Type.Array(
    Type.Object({
      subject: Type.String(),
      from: Type.String(),
      to: Type.String(),
      ground: Type.Union(RECUSAL_GROUNDS.map((ground) => Type.Literal(ground))),
      barred: Type.Optional(Type.Array(Type.String())),
      reason: Type.String(),
      approver: Type.String(),
    }),
  ),
  result_hash: Hash,
});

/** @throws DrawError if it is no record of drawn teams */
export function readAssignmentRecord(value: unknown, name: string): AssignmentRecord {
  if (Value.Check(Schema, value)) return value as unknown as AssignmentRecord;
  const first = Value.Errors(Schema, value)[0];
  throw new DrawError(
    `${name} is no record of drawn teams (${first?.instancePath || 'at the top'}: ${first?.message}); give the output of \`draw assign --json\`.`,
  );
}
