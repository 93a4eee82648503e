/** What the visits of verifiable draws found, with the probability with which each subject could be drawn. */
import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { inclusionProbabilities } from '../../draw/inclusion-probabilities.ts';
import { parsePlan } from '../../draw/plan.ts';
import { DRAW_SOURCE } from '../../draw/task/draw-source.ts';
import { LIVE } from '../../draw/task/live-events.ts';
import { NOW } from '../../queries/draws/draw-scope.ts';
import { scopeCondition } from '../../queries/scope-condition.ts';
import type { DrawnFinding } from './drawn-finding-rate.ts';

interface Row {
  task: string;
  /** All that was written when the plan was committed to. */
  committed: string;
  /** Rows of the whole frame by tier. */
  frame: [tier: string, rows: number][];
  /** Visits with a result, by tier. */
  results: [tier: string, inspected: number, found: number][];
}

/**
 * By draw and tier, of the last draw of each task: results entered between two days for subjects of its frozen frame, and the exact
 * inclusion probability of the tier there (draw.md §3), of all the frame whatever the scope. Nothing for whom the risk maps are closed.
 */
export async function readDrawnFindings(
  warehouse: Warehouse,
  scope: Scope,
  { from, to }: { from: string; to: string },
): Promise<DrawnFinding[]> {
  if (!may(scope, 'risk_maps')) return [];
  const seen = scopeCondition(scope, 'risk_maps', { unit: "''", area: 'area' });
  const rows = await warehouse.query<Row>(
    QUERY(seen.sql),
    { ...NOW, ...seen.params, from, to, source: DRAW_SOURCE, tasks: [] },
    { join_use_nulls: 0 },
  );
  return rows.flatMap(({ task, committed, frame, results }) => {
    const pi = inclusionProbabilities(committedPlan(committed), new Map(frame));
    return results.map(([tier, inspected, found]) => ({ task, tier, pi: pi.get(tier)!, inspected, found }));
  });
}

/** Tasks drawn with a record, the last draw of each, and its frozen frame by tier; visits with a result. Parameters: as_of, source, tasks (none means all). */
export const DRAWS = `WITH ${LIVE},
  firms AS (SELECT subject, argMax(toString(region), (time, recorded_at, id)) AS area FROM live WHERE type = 'entity.registered' GROUP BY subject),
  executed AS (
    SELECT JSONExtractString(facts, 'task_id') AS task, max(JSONExtractInt(facts, 'attempt')) AS attempt FROM live
    WHERE type = 'draw.objects_executed' AND source = {source:String} AND (empty({tasks:Array(String)}) OR has({tasks:Array(String)}, JSONExtractString(facts, 'task_id')))
    GROUP BY task),
  draws AS (
    SELECT executed.task AS task, committed.frame_id AS frame_id, committed.id AS commit_id
    FROM executed INNER JOIN (
      SELECT JSONExtractString(facts, 'task_id') AS task, JSONExtractInt(facts, 'attempt') AS attempt,
        any(JSONExtractString(facts, 'frame_id')) AS frame_id, any(live.id) AS id
      FROM live WHERE type = 'draw.committed' AND source = {source:String} GROUP BY task, attempt) AS committed
    ON committed.task = executed.task AND committed.attempt = executed.attempt),
  results AS (
    SELECT subject, JSONExtractString(facts, 'task_id') AS task,
      argMax((toDate(time, 'Asia/Shanghai'), toUInt8(arrayExists(code -> code != '1', JSONExtract(facts, 'codes', 'Array(String)')))), (time, recorded_at, id)) AS last
    FROM live WHERE type = 'result.entered' GROUP BY subject, task),
  tiers AS (
    SELECT task, groupArray((tier, n)) AS frame FROM (
      SELECT draws.task AS task, toString(frames.cell[-1]) AS tier, toUInt32(count()) AS n
      FROM draw_frames AS frames INNER JOIN draws ON draws.frame_id = frames.frame_id GROUP BY task, tier) GROUP BY task),
  drawn AS (
    -- Visits of an earlier draw of the task, or of a subject that nobody drew, have no such probability.
    SELECT DISTINCT JSONExtractString(facts, 'task_id') AS task, upper(arrayJoin(JSONExtract(facts, 'objects', 'Array(String)'))) AS subject FROM live
    WHERE type = 'draw.executed' AND source = {source:String})`;

/** Beside `draws`: the plan of each, as it was committed to. */
export const DOCUMENTS = `INNER JOIN (SELECT id, data FROM events WHERE type = 'draw.committed' AND source = {source:String} AND id IN (SELECT commit_id FROM draws)) AS documents ON documents.id = draws.commit_id`;

/** @param committed all that was written when the plan was committed to, as JSON */
export const committedPlan = (committed: string) => parsePlan(JSON.parse(committed).plan);

const QUERY = (seen: string) => `${DRAWS},
  found AS (
    SELECT task, groupArray((tier, n, hits)) AS results FROM (
      SELECT draws.task AS task, toString(frames.cell[-1]) AS tier, toUInt32(count()) AS n, toUInt32(sum(results.last.2)) AS hits
      FROM draw_frames AS frames
      INNER JOIN draws ON draws.frame_id = frames.frame_id
      INNER JOIN results ON results.task = draws.task AND results.subject = frames.id
      LEFT JOIN firms ON firms.subject = frames.id
      WHERE results.last.1 BETWEEN {from:Date} AND {to:Date} AND ${seen}
        AND (draws.task, frames.id) IN (SELECT task, subject FROM drawn)
      GROUP BY task, tier) GROUP BY task)
SELECT draws.task AS task, documents.data AS committed, tiers.frame AS frame, found.results AS results
FROM draws INNER JOIN tiers ON tiers.task = draws.task INNER JOIN found ON found.task = draws.task
${DOCUMENTS}
ORDER BY task`;
