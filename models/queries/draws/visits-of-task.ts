import type { Scope } from '@hengjian/contract/scope.ts';
import { LIVE } from '../../draw/task/live-events.ts';
import { shownName } from '../shown-name.ts';
import type { Statement } from '../statement.ts';
import { NOW, taskCondition } from './draw-scope.ts';

/** A drawn subject, and what has become of its visit. No tier: who may see those reads them from the record. */
export interface TaskVisit {
  subject: string;
  name: string;
  area: string;
  industry: string;
  /** Days on the legal clock; '' where it has not come to that. */
  done_on: string;
  entered_on: string;
  codes: string[];
  published_on: string;
  /** Other tasks of this year for which the same subject is drawn and not yet visited: one visit could serve both. */
  also: { task: string; unit: string }[];
}

/** Those drawn for a task as it stands. @param units that take part in it */
export function visitsOfTask(
  scope: Scope,
  { task, year, units }: { task: string; year: number; units: readonly string[] },
): Statement<TaskVisit> {
  const seen = taskCondition(scope, '{task_units:Array(String)}');
  return {
    sql: `WITH ${LIVE},
  drawn AS (
    SELECT DISTINCT upper(arrayJoin(JSONExtract(facts, 'objects', 'Array(String)'))) AS subject, JSONExtractString(facts, 'task_id') AS task,
      CAST(department AS String) AS unit, toYear(time) AS drawn_year
    FROM live WHERE type = 'draw.executed'),
  own AS (SELECT DISTINCT subject FROM drawn WHERE task = {task:String}),
  firms AS (
    SELECT subject, argMax((JSONExtractString(facts, 'name'), toString(region), JSONExtractString(facts, 'industry')), (time, recorded_at, id)) AS last
    FROM live WHERE type = 'entity.registered' AND subject IN (SELECT subject FROM own) GROUP BY subject),
  results AS (
    SELECT subject,
      if(countIf(type = 'inspection.done') = 0, '', toString(minIf(toDate(time, 'Asia/Shanghai'), type = 'inspection.done'))) AS done_on,
      if(countIf(type = 'result.entered') = 0, '', toString(minIf(toDate(time, 'Asia/Shanghai'), type = 'result.entered'))) AS entered_on,
      argMaxIf(JSONExtract(facts, 'codes', 'Array(String)'), (time, recorded_at, id), type = 'result.entered') AS codes,
      if(countIf(type = 'result.published') = 0, '', toString(minIf(toDate(time, 'Asia/Shanghai'), type = 'result.published'))) AS published_on
    FROM live WHERE type IN ('inspection.done', 'result.entered', 'result.published')
      AND JSONExtractString(facts, 'task_id') = {task:String} GROUP BY subject),
  visited AS (SELECT DISTINCT subject, JSONExtractString(facts, 'task_id') AS task FROM live WHERE type = 'inspection.done'),
  others AS (
    SELECT subject, arraySort(groupUniqArray((task, unit))) AS also FROM drawn
    WHERE task != {task:String} AND drawn_year = {year:UInt16} AND subject IN (SELECT subject FROM own)
      AND (subject, task) NOT IN (SELECT subject, task FROM visited)
    GROUP BY subject)
SELECT own.subject AS subject, ${shownName(scope, 'own.subject', 'firms.last.1')} AS name, firms.last.2 AS area, firms.last.3 AS industry,
  results.done_on AS done_on, results.entered_on AS entered_on, results.codes AS codes, results.published_on AS published_on,
  CAST(others.also, 'Array(Tuple(task String, unit String))') AS also
FROM own LEFT JOIN firms ON firms.subject = own.subject LEFT JOIN results ON results.subject = own.subject
LEFT JOIN others ON others.subject = own.subject
WHERE ${seen.sql} ORDER BY subject`,
    params: { ...NOW, ...seen.params, task, year, task_units: units },
  };
}
