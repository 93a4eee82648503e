import { Type } from 'typebox';
import type { PartKind } from '../part-kind.ts';

export const kind: PartKind = {
  members: {
    /** Every thing there is was counted, not a sample of cases: no badge `small_n`. */
    complete: Type.Optional(Type.Boolean()),
    /** Number parameter with a share in per cent; below it the badge `below_target` is given. */
    target: Type.Optional(Type.String()),
  },
  pointed: false,
  problems: (part, parameters) =>
    part.target !== undefined && parameters[part.target as string]?.type !== 'number'
      ? [`names ${part.target}, which is no number parameter`]
      : [],
  options: (part, { parameters }) => ({
    complete: part.complete === true,
    target: part.target === undefined ? null : Number(parameters[part.target as string]),
  }),
};
