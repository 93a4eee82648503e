import type { PartKind } from '../part-kind.ts';

export const kind: PartKind = { members: {} };
