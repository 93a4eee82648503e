/** Visits of verifiable draws among the inspections of the tables, with the exact probability of each. */
import type { Warehouse } from '@hengjian/warehouse';
import { inclusionProbabilities } from '../../draw/inclusion-probabilities.ts';
import { DRAW_SOURCE } from '../../draw/task/draw-source.ts';
import { NOW } from '../../queries/draws/draw-scope.ts';
import { committedPlan, DOCUMENTS, DRAWS } from './read-drawn-findings.ts';

/** Of a task and subject; for reckoning weights with, not for a reader. */
export type VisitProbabilities = ReadonlyMap<string, number>;

export const visitKey = (task: string, subject: string): string => `${task}\t${subject}`;

interface Row {
  task: string;
  committed: string;
  frame: [tier: string, rows: number][];
  visits: [tier: string, subjects: string[]][];
}

/**
 * The exact inclusion probability (draw.md §3) of each subject that a draw with a record took and that has a result, whatever the scope:
 * the record of the last draw of the task, the tier of its frozen frame.
 * @param tasks of these; undefined means of all that were drawn
 */
export async function readVisitProbabilities(
  warehouse: Warehouse,
  tasks?: readonly string[],
): Promise<VisitProbabilities> {
  if (tasks?.length === 0) return new Map();
  const rows = await warehouse.query<Row>(
    QUERY,
    { ...NOW, source: DRAW_SOURCE, tasks: tasks ?? [] },
    { join_use_nulls: 0 },
  );
  return new Map(
    rows.flatMap(({ task, committed, frame, visits }) => {
      const pi = inclusionProbabilities(committedPlan(committed), new Map(frame));
      return visits.flatMap(([tier, subjects]) =>
        subjects.map((subject) => [visitKey(task, subject), pi.get(tier)!.valueOf()] as const),
      );
    }),
  );
}

const QUERY = `${DRAWS},
  visited AS (
    SELECT task, groupArray((tier, subjects)) AS visits FROM (
      SELECT draws.task AS task, toString(frames.cell[-1]) AS tier, groupArray(toString(frames.id)) AS subjects
      FROM draw_frames AS frames
      INNER JOIN draws ON draws.frame_id = frames.frame_id
      WHERE (draws.task, frames.id) IN (SELECT task, subject FROM drawn) AND (draws.task, frames.id) IN (SELECT task, subject FROM results)
      GROUP BY task, tier) GROUP BY task)
SELECT draws.task AS task, documents.data AS committed, tiers.frame AS frame, visited.visits AS visits
FROM draws INNER JOIN tiers ON tiers.task = draws.task INNER JOIN visited ON visited.task = draws.task
${DOCUMENTS}
ORDER BY task`;
