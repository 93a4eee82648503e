import type { PartKind } from '../part-kind.ts';

export const kind: PartKind = {
  members: {},
  lost: ['mark_below_full'],
  problems: (part) =>
    part.lost?.missed && part.lost.none && part.lost.mark ? [] : ['needs lost.missed, lost.none and lost.mark'],
  takesMark: () => 'always',
};
