import { Type } from 'typebox';
import { decimal, type PartKind } from '../part-kind.ts';

export const kind: PartKind = {
  members: {
    /** The share from which full marks are given. */
    threshold: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1, multipleOf: 0.000001 })),
  },
  leavesWhenEmpty: true,
  parameters: { 'full90.mode': { type: 'choice', values: ['jump', 'scaled'] } },
  problems: (part) => (part.threshold === undefined ? ['needs a threshold'] : []),
  options: (part) => ({ threshold: decimal(part.threshold as number) }),
};
