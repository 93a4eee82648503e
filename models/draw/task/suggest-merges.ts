import type { Warehouse } from '@hengjian/warehouse';
import type { Candidates } from './count-candidates.ts';
import { LIVE } from './live-events.ts';
import { CANDIDATES } from './task-frame-sql.ts';

/** Another task of the year with which this one could share visits (进一次门查多项事). */
export interface MergeSuggestion {
  task: string;
  title: string;
  /** Department that inspects for it. */
  unit: string;
  /** Subjects of this frame that are drawn for it and not yet visited. */
  drawn: number;
  /** Subjects of this frame that also stand in its frame, committed to and not yet drawn. */
  framed: number;
}

const SHOWN = 20;

/**
 * Tasks of other departments whose subjects stand in the frame that is planned. It only suggests: who is drawn depends on nothing of it.
 * With `drawn` subjects one visit can serve both once they are drawn here too; a task of which many are `framed` could be drawn as one joint
 * task instead.
 *
 * @param department that draws
 */
export function suggestMerges(
  warehouse: Warehouse,
  { params }: Candidates,
  department: string,
): Promise<MergeSuggestion[]> {
  return warehouse.query<MergeSuggestion>(
    `SELECT others.task AS task, any(others.title) AS title, others.unit AS unit,
       toUInt32(countIf(others.how = 'drawn')) AS drawn, toUInt32(countIf(others.how = 'framed')) AS framed
     FROM (${CANDIDATES}) AS own
     INNER JOIN (${OTHERS}) AS others ON others.subject = own.id
     WHERE own.exclusion = '' GROUP BY task, unit ORDER BY drawn DESC, framed DESC, task LIMIT {shown:UInt32}`,
    { ...params, department, shown: SHOWN },
  );
}

const OTHERS = `
  WITH ${LIVE},
  titles AS (
    SELECT JSONExtractString(facts, 'task_id') AS task, argMax(JSONExtractString(facts, 'title'), (time, recorded_at, id)) AS title
    FROM live WHERE type = 'task.created' AND JSONExtractUInt(facts, 'year') = {year:UInt16} GROUP BY task),
  drawn AS (
    SELECT DISTINCT upper(arrayJoin(JSONExtract(facts, 'objects', 'Array(String)'))) AS subject, JSONExtractString(facts, 'task_id') AS task,
      CAST(department AS String) AS unit
    FROM live WHERE type = 'draw.executed'),
  done AS (SELECT DISTINCT subject, JSONExtractString(facts, 'task_id') AS task FROM live WHERE type IN ('inspection.done', 'result.entered')),
  waiting AS (
    SELECT argMax((JSONExtractString(facts, 'frame_id'), CAST(department AS String)), (time, recorded_at, id)) AS last,
      JSONExtractString(facts, 'task_id') AS task
    FROM live WHERE type = 'draw.committed' GROUP BY task),
  found AS (
    SELECT subject, task, unit, 'drawn' AS how FROM drawn WHERE (subject, task) NOT IN (SELECT subject, task FROM done)
    UNION ALL
    SELECT frames.id AS subject, waiting.task AS task, waiting.last.2 AS unit, 'framed' AS how
    FROM draw_frames AS frames INNER JOIN waiting ON waiting.last.1 = frames.frame_id
    WHERE waiting.task NOT IN (SELECT task FROM drawn))
  SELECT found.subject AS subject, found.task AS task, found.unit AS unit, found.how AS how, titles.title AS title
  FROM found INNER JOIN titles ON titles.task = found.task
  WHERE found.task != {task:String} AND found.unit != {department:String}`;
