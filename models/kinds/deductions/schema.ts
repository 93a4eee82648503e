import { Type } from 'typebox';
import type { RuleSetPart } from '../../ruleset/schema.ts';
import { decimal, type PartKind } from '../part-kind.ts';

interface Deduction {
  measure: string;
  state: 'missed' | 'late';
  points: number;
  lost: string;
}
const deductionsOf = (part: RuleSetPart) => (part.deductions ?? []) as readonly Deduction[];

export const kind: PartKind = {
  members: {
    deductions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            measure: Type.String(),
            state: Type.Union([Type.Literal('missed'), Type.Literal('late')]),
            points: Type.Number({ minimum: 0, maximum: 1000, multipleOf: 0.000001 }),
            lost: Type.String(),
          },
          { additionalProperties: false },
        ),
        { minItems: 1 },
      ),
    ),
  },
  measured: false,
  problems: (part) => (part.deductions ? [] : ['needs deductions']),
  measures: (part) => deductionsOf(part).map(({ measure }) => measure),
  lostKinds: (part) => deductionsOf(part).map(({ measure, lost }) => ({ measure, lost })),
  options: (part, { binding }) => ({
    deductions: deductionsOf(part).map(({ measure, state, points, lost }) => ({
      measure: binding(measure),
      state,
      points: decimal(points),
      lost,
    })),
  }),
};
