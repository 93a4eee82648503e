import type { Scope } from '@hengjian/contract/scope.ts';
import { LIVE } from '../../draw/task/live-events.ts';
import type { Statement } from '../statement.ts';
import { NOW, taskCondition } from './draw-scope.ts';

/** How far a task has come: planned, committed to, drawn, its results published. */
export const TASK_STATES = ['planned', 'committed', 'drawn', 'finished'] as const;
export type TaskState = (typeof TASK_STATES)[number];

export interface DrawTask {
  task: string;
  year: number;
  title: string;
  scope: 'single' | 'joint';
  directed: number;
  lead: string;
  participants: string[];
  plan: string;
  matters: string[];
  /** Moments on the legal clock; '' where it has not come to that. */
  created_at: string;
  committed_at: string;
  drawn_at: string;
  /** Whether the last draw has a record that anybody can repeat. */
  provable: number;
  attempts: number;
  objects: number;
  done: number;
  entered: number;
  /** Results other than “nothing found”. */
  findings: number;
  published: number;
  state: TaskState;
}

/** Tasks of a year, the latest first. @param task only this one */
export function listDrawTasks(
  scope: Scope,
  { year, task = '', state = '', limit, offset }: DrawTaskFilter,
): Statement<DrawTask> {
  const seen = taskCondition(scope, 'arrayPushFront(participants, lead)');
  return {
    sql: `WITH ${LIVE},
  steps AS (
    SELECT type, time, recorded_at, id, source, subject, facts, JSONExtractString(facts, 'task_id') AS task
    FROM live WHERE type IN ('task.created', 'draw.committed', 'draw.objects_executed', 'draw.executed', 'inspection.done',
      'result.entered', 'result.published') AND ({task:String} = '' OR task = {task:String})),
  tasks AS (
    SELECT task, argMaxIf(facts, (time, recorded_at, id), type = 'task.created') AS f,
      toUInt32(JSONExtractUInt(f, 'year')) AS year, JSONExtractString(f, 'scope') AS scope, toUInt8(JSONExtractBool(f, 'directed')) AS directed,
      JSONExtractString(f, 'lead') AS lead, JSONExtract(f, 'participants', 'Array(String)') AS participants,
      JSONExtractString(f, 'plan_id') AS plan, JSONExtractString(f, 'title') AS title,
      JSONExtract(f, 'matters', 'Array(String)') AS matters,
      toString(minIf(time, type = 'task.created')) AS created_at,
      if(countIf(type = 'draw.committed') = 0, '', toString(maxIf(time, type = 'draw.committed'))) AS committed_at,
      if(countIf(type = 'draw.executed') = 0, '', toString(minIf(time, type = 'draw.executed'))) AS drawn_at,
      toUInt8(countIf(type = 'draw.objects_executed') > 0) AS provable,
      toUInt32(countIf(type = 'draw.committed')) AS attempts,
      maxIf(JSONExtractUInt(facts, 'attempt'), type = 'draw.committed') > maxIf(JSONExtractUInt(facts, 'attempt'), type = 'draw.objects_executed') AS pending,
      toUInt32(length(arrayDistinct(arrayFlatten(groupArrayIf(JSONExtract(facts, 'objects', 'Array(String)'), type = 'draw.executed'))))) AS objects,
      toUInt32(uniqExactIf(subject, type = 'inspection.done')) AS done,
      toUInt32(uniqExactIf(subject, type = 'result.entered')) AS entered,
      toUInt32(uniqExactIf(subject, type = 'result.entered' AND NOT has(JSONExtract(facts, 'codes', 'Array(String)'), '1'))) AS findings,
      toUInt32(uniqExactIf(subject, type = 'result.published')) AS published
    FROM steps GROUP BY task HAVING countIf(type = 'task.created') > 0)
SELECT task, year, title, scope, directed, lead, participants, plan, matters, created_at, committed_at, drawn_at, provable, attempts,
  objects, done, entered, findings, published,
  multiIf(pending, 'committed', drawn_at = '', 'planned', published >= objects, 'finished', 'drawn') AS state
FROM tasks
WHERE ({year:UInt16} = 0 OR year = {year:UInt16}) AND ({state:String} = '' OR state = {state:String}) AND ${seen.sql}
ORDER BY created_at DESC, task DESC LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
    params: { ...NOW, ...seen.params, year, task, state, limit, offset },
  };
}

export interface DrawTaskFilter {
  /** 0: all. */
  year: number;
  task?: string;
  state?: TaskState | '';
  limit: number;
  offset: number;
}

export interface YearPlan {
  plan: string;
  unit: string;
  filed_at: string;
  tasks: number;
}

/** The yearly plans (年度抽查计划) of a year with the number of their tasks. */
export function listYearPlans(scope: Scope, year: number): Statement<YearPlan> {
  const seen = taskCondition(scope, '[toString(unit)]');
  return {
    sql: `WITH ${LIVE},
  tasks AS (SELECT JSONExtractString(facts, 'plan_id') AS plan, uniqExact(JSONExtractString(facts, 'task_id')) AS tasks
    FROM live WHERE type = 'task.created' GROUP BY plan),
  plans AS (SELECT JSONExtractString(facts, 'plan_id') AS plan, CAST(any(department) AS String) AS unit, toString(min(time)) AS filed_at
    FROM live WHERE type = 'plan.filed' AND JSONExtractUInt(facts, 'year') = {year:UInt16} GROUP BY plan)
SELECT plans.plan AS plan, unit, filed_at, toUInt32(tasks.tasks) AS tasks FROM plans LEFT JOIN tasks ON tasks.plan = plans.plan
WHERE ${seen.sql} ORDER BY unit, plan`,
    params: { ...NOW, ...seen.params, year },
  };
}
