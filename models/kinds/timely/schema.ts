import type { PartKind } from '../part-kind.ts';

export const kind: PartKind = {
  members: {},
  keepsPoints: true,
  parameters: {
    'timely.mode': { type: 'choice', values: ['share', 'all'] },
    'timely.of': { type: 'choice', values: ['claimed', 'due'] },
  },
  problems: (part) => (part.lost && !part.lost.late ? ['needs lost.missed and lost.late'] : []),
};
