/** What is wrong by itself and what only follows from it: a person mends the first. */
import type { Problem } from './status.ts';

/** Cases that explain others, the one to mend first in front. */
const CAUSES = ['warehouse_away', 'brokers_away', 'disk_full', 'no_worker', 'scheduler_silent'];

/** Why a part is not ready; behind a log edges ask the brokers, not the warehouse. */
const PART_NEEDS: Record<string, { direct: string[]; log: string[] }> = {
  ingest: { direct: ['warehouse_away', 'disk_full'], log: ['brokers_away', 'warehouse_away'] },
  worker: { direct: [], log: ['brokers_away', 'warehouse_away', 'disk_full'] },
  scheduler: { direct: ['warehouse_away'], log: ['warehouse_away'] },
  dashboard: { direct: ['warehouse_away'], log: ['warehouse_away'] },
};

/**
 * Causes first, each followed by its consequences, which name it in `because`; then all else in its order.
 *
 * @param hasLog events come through Kafka
 */
export function orderByCause(problems: readonly Problem[], hasLog: boolean): Problem[] {
  const causes = CAUSES.flatMap((cause) => problems.filter(({ problem }) => problem === cause));
  const explained = problems.map((problem) => {
    const because = explanations(problem, hasLog).find((one) => causes.some(({ problem: cause }) => cause === one));
    return because === undefined ? problem : { ...problem, because };
  });
  const consequences = (cause: string) => explained.filter(({ because }) => because === cause);
  return [
    ...causes.flatMap((cause) => [cause, ...consequences(cause.problem)]),
    ...explained.filter(({ problem, because }) => because === undefined && !CAUSES.includes(problem)),
  ];
}

function explanations({ problem, part }: Problem, hasLog: boolean): string[] {
  if (problem === 'workers_silent' || problem === 'lag_growing') return ['brokers_away', 'disk_full', 'no_worker'];
  if (problem === 'scores_behind') return ['scheduler_silent'];
  if (problem !== 'part_down' || !part) return [];
  // Workers end when what they need stays away; any other part that does not even answer has a trouble of its own.
  return part.answers || part.name === 'worker' ? (PART_NEEDS[part.name]?.[hasLog ? 'log' : 'direct'] ?? []) : [];
}
