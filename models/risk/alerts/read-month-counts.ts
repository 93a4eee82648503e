import { LIVE } from '../../draw/task/live-events.ts';
import { NOW } from '../../queries/draws/draw-scope.ts';
import type { Statement } from '../../queries/statement.ts';
import { industrySection } from '../maps/industry-section.ts';
import type { AlertTopic } from './risk-alert.ts';

export interface MonthCount {
  topic: Exclude<AlertTopic, 'visits'>;
  by: 'area' | 'industry';
  /** Area code or section letter. */
  key: string;
  /** YYYY-MM on the legal clock. */
  month: string;
  /** Inspections with a result; 0 of the other topics. */
  n: number;
  /** Of these with a finding (a code other than 1); or events. */
  count: number;
}

/**
 * Inspections with their findings, complaints, and entries into the list of abnormal operations, by month and area, and by month and
 * industry section. A result counts once, as it stands last. Without a scope: it is no answer for a reader but what alerts are made of.
 */
export function readMonthCounts(from: string, to: string): Statement<MonthCount> {
  return {
    sql: `WITH ${LIVE},
  firms AS (
    SELECT subject, argMax((toString(region), upper(JSONExtractString(facts, 'industry'))), (time, recorded_at, id)) AS last
    FROM live WHERE type = 'entity.registered' GROUP BY subject),
  results AS (
    SELECT subject, JSONExtractString(facts, 'task_id') AS task,
      argMax((toString(region), toDate(time, 'Asia/Shanghai'), JSONExtract(facts, 'codes', 'Array(String)')), (time, recorded_at, id)) AS last
    FROM live WHERE type = 'result.entered' GROUP BY subject, task),
  told AS (
    SELECT 'findings' AS topic, subject, last.1 AS region, last.2 AS day, 1 AS n, toUInt8(arrayExists(code -> code != '1', last.3)) AS count FROM results
    UNION ALL
    SELECT if(type = 'complaint.received', 'complaints', 'abnormal') AS topic, subject, toString(region), toDate(time, 'Asia/Shanghai'), 0, 1
    FROM live WHERE type IN ('complaint.received', 'abnormal.listed')),
  placed AS (
    SELECT topic, if(told.region = '', firms.last.1, told.region) AS area, ${industrySection('firms.last.2')} AS industry,
      formatDateTime(day, '%Y-%m') AS month, n, count
    FROM told LEFT JOIN firms ON firms.subject = told.subject WHERE day BETWEEN {from:Date} AND {to:Date})
SELECT topic, cell.1 AS by, cell.2 AS key, month, toUInt32(sum(n)) AS n, toUInt32(sum(count)) AS count
FROM placed ARRAY JOIN [('area', area), ('industry', industry)] AS cell
WHERE key != '' GROUP BY topic, by, key, month ORDER BY topic, by, key, month`,
    params: { ...NOW, from, to },
  };
}
