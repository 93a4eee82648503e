import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { LIVE } from '../../draw/task/live-events.ts';
import { NOW } from '../draws/draw-scope.ts';
import { shownName } from '../shown-name.ts';
import type { Statement } from '../statement.ts';
import { seenEvents, seenSubjects } from './subject-scope.ts';

export interface FoundSubject {
  subject: string;
  /** '' where no registration is in the log. */
  name: string;
  kind: string;
  area: string;
  industry: string;
  /** 1 where it was cancelled or revoked after its latest registration. */
  ended: number;
  events: number;
  /** Day of the latest event. */
  last_on: string;
}

/**
 * Market subjects whose code begins with the text, whose name holds it, or of which an event has it as the number of a document, push,
 * task, case or record; best known first. A text under two signs finds nothing. Its area is that of its latest registration, also
 * where the reader does not see that event: who moved away is no subject of the area that it left.
 *
 * @param subject only this one, by its whole code
 */
export function findSubjects(
  scope: Scope,
  { text, limit, subject = '' }: { text: string; limit: number; subject?: string },
): Statement<FoundSubject> {
  const seen = seenSubjects(scope);
  const known = seenEvents(scope);
  // Whom a task of others drew is theirs to know: by its number nobody finds out.
  const ownDraw = scope.units === 'all' ? '1' : 'has({scope_units:Array(String)}, toString(department))';
  const seenDraw = may(scope, 'draws') ? ownDraw : '0';
  return {
    sql: `WITH ${LIVE},
  known AS (SELECT * FROM live WHERE subject != '' AND ${known.sql}),
  drawn AS (
    SELECT upper(arrayJoin(JSONExtract(facts, 'objects', 'Array(String)'))) AS subject, department, JSONExtractString(facts, 'task_id') AS task
    FROM live WHERE type = 'draw.executed'),
  matching AS (
    SELECT subject FROM known WHERE if({subject:String} != '', subject = {subject:String},
      startsWith(subject, {code:String})
      OR (type = 'entity.registered' AND positionCaseInsensitiveUTF8(${shownName(scope, 'subject', "JSONExtractString(facts, 'name')")}, {text:String}) > 0)
      OR (position(facts, {text:String}) > 0 AND hasAny([{text:String}], [JSONExtractString(facts, 'doc_no'), JSONExtractString(facts, 'push_id'),
        JSONExtractString(facts, 'task_id'), JSONExtractString(facts, 'case_id'), JSONExtractString(facts, 'record_id')])))
    UNION DISTINCT SELECT subject FROM drawn WHERE if({subject:String} = '', task = {text:String} AND ${seenDraw}, subject = {subject:String})),
  about AS (
    SELECT subject, type, time, department, region, facts, recorded_at, id FROM known WHERE subject IN (SELECT subject FROM matching)),
  homes AS (
    SELECT subject, argMax(toString(region), (time, recorded_at, id)) AS area FROM live
    WHERE type = 'entity.registered' AND subject IN (SELECT subject FROM matching) GROUP BY subject),
  firms AS (
    SELECT subject,
      argMaxIf((JSONExtractString(facts, 'name'), JSONExtractString(facts, 'kind'), upper(JSONExtractString(facts, 'industry'))),
        (time, recorded_at, id), type = 'entity.registered') AS last,
      groupUniqArray(toString(department)) AS own_units,
      toUInt8(maxIf(time, type IN ('entity.cancelled', 'entity.revoked')) > maxIf(time, type = 'entity.registered')) AS ended,
      toUInt32(count()) AS events, toString(toDate(max(time), 'Asia/Shanghai')) AS last_on
    FROM about GROUP BY subject),
  drawers AS (SELECT subject, groupUniqArray(toString(department)) AS units FROM drawn WHERE subject IN (SELECT subject FROM matching) GROUP BY subject)
SELECT firms.subject AS subject, ${shownName(scope, 'firms.subject', 'last.1')} AS name, last.2 AS kind, area, last.3 AS industry, ended, events, last_on
FROM (SELECT firms.*, homes.area AS area, arrayConcat(own_units, drawers.units) AS units FROM firms
  LEFT JOIN homes ON homes.subject = firms.subject LEFT JOIN drawers ON drawers.subject = firms.subject) AS firms
WHERE (lengthUTF8({text:String}) >= 2 OR {subject:String} != '') AND ${seen.sql}
ORDER BY ended, name = '', events DESC, subject LIMIT {limit:UInt32}`,
    params: {
      ...NOW,
      ...known.params,
      ...seen.params,
      text,
      code: text.toUpperCase(),
      subject: subject.toUpperCase(),
      limit,
    },
  };
}
