/** The loop of joint punishment as stages: each set against the stage before, the first against itself. */
import type { LoopRow } from '@hengjian/models/queries/loop-stages.ts';

export type LoopStage = 'cases' | 'received' | 'applied' | 'fed_back';
export interface LoopCount {
  stage: LoopStage;
  n: number;
  /** What passed the stage before. */
  of: number;
  /** What had to be carried out. */
  all: number;
}

type Counts = Pick<LoopRow, 'stages' | 'cases' | 'received' | 'applied' | 'fed_back'>;

/** Of all rows together; without a receipt where the document asks for none. */
export function loopCounts(rows: readonly Counts[]): LoopCount[] {
  const sum = (stage: LoopStage) => rows.reduce((total, row) => total + row[stage], 0);
  const stages: LoopStage[] = rows.some(({ stages: kind }) => kind === 'receipt')
    ? ['cases', 'received', 'applied', 'fed_back']
    : ['cases', 'applied', 'fed_back'];
  const all = sum('cases');
  return stages.map((stage, at) => ({ stage, n: sum(stage), of: sum(stages[Math.max(0, at - 1)]!), all }));
}
