import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { LIVE } from '../../draw/task/live-events.ts';
import { NOW } from '../draws/draw-scope.ts';
import type { Statement } from '../statement.ts';
import { seenEvents } from './subject-scope.ts';

export interface SubjectEvent {
  source: string;
  id: string;
  type: string;
  /** Local day and minute on the legal clock. */
  day: string;
  clock: string;
  department: string;
  /** Declared members of the event that say what it was, as they were checked: name and value. */
  facts: [string, string][];
}

/** Members shown, in this order; what names other subjects (`objects`, `rows`, `targets`) stays out. */
const SHOWN = [
  'doc_no',
  'push_id',
  'task_id',
  'case_id',
  'record_id',
  'bucket',
  'outcome',
  'procedure',
  'kind',
  'list_kind',
  'amount',
  'decided_on',
  'registered_on',
  'reason',
  'finding',
  'codes',
  'channel',
  'topic',
  'measure',
  'result',
  'tier',
  'reasons',
];
/** For who sees tiers. */
const OF_TIERS = ['tier', 'reasons'];

/**
 * What is known of a subject across all departments, latest first: events that name it, steps of pushes and cases about it, draws that
 * drew it, the publication of its records. Voided events are left out.
 */
export function subjectTimeline(
  scope: Scope,
  { subject, limit, offset = 0 }: { subject: string; limit: number; offset?: number },
): Statement<SubjectEvent> {
  const seen = seenEvents(scope);
  // Data of older events may hold one beside what their type declares.
  const shown = may(scope, 'tiers') ? SHOWN : SHOWN.filter((name) => !OF_TIERS.includes(name));
  return {
    sql: `WITH ${LIVE},
  own AS (SELECT id, facts FROM live WHERE subject = {subject:String}),
  keys AS (
    SELECT DISTINCT arrayJoin([('push_id', JSONExtractString(facts, 'push_id')), ('case_id', JSONExtractString(facts, 'case_id')),
      ('objection_id', JSONExtractString(facts, 'objection_id')), ('record_id', JSONExtractString(facts, 'doc_no')), ('record_id', id)]) AS key
    FROM own WHERE key.2 != ''),
  events_of AS (
    SELECT source, id, type, time, department, region, facts FROM live
    WHERE subject = {subject:String}
      OR (type = 'draw.executed' AND has(arrayMap(one -> upper(one), JSONExtract(facts, 'objects', 'Array(String)')), {subject:String}))
      OR (subject = '' AND (type LIKE 'push.%' OR type = 'followup.checked') AND ('push_id', JSONExtractString(facts, 'push_id')) IN (SELECT key FROM keys))
      OR (subject = '' AND type LIKE 'punishment.%' AND ('case_id', JSONExtractString(facts, 'case_id')) IN (SELECT key FROM keys))
      OR (subject = '' AND (type = 'record.published' OR type LIKE 'objection.%') AND (('record_id', JSONExtractString(facts, 'record_id')) IN (SELECT key FROM keys)
        OR ('objection_id', JSONExtractString(facts, 'objection_id')) IN (SELECT key FROM keys))))
SELECT toString(source) AS source, id, toString(type) AS type, toString(toDate(time, 'Asia/Shanghai')) AS day, formatDateTime(time, '%H:%i', 'Asia/Shanghai') AS clock,
  toString(department) AS department,
  arrayFilter(one -> one.2 NOT IN ('', '[]'), arrayMap(name -> (name, if(JSONType(facts, name) = 'String', JSONExtractString(facts, name), JSONExtractRaw(facts, name))),
    {shown:Array(String)})) AS facts
FROM events_of WHERE ${seen.sql}
ORDER BY time DESC, source, id LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
    params: { ...NOW, ...seen.params, subject: subject.toUpperCase(), shown, limit, offset },
  };
}
