import type { Scope } from '@hengjian/contract/scope.ts';
import { LIVE } from '../../draw/task/live-events.ts';
import { NOW } from '../../queries/draws/draw-scope.ts';
import { scopeCondition } from '../../queries/scope-condition.ts';
import type { Statement } from '../../queries/statement.ts';
import { industrySection } from './industry-section.ts';

export interface ViolationCount {
  industry: string;
  /** Quarter of the year, 1–4. */
  season: number;
  /** Result code; '' for all results of the industry and season. */
  code: string;
  inspections: number;
}

/**
 * What inspections found, by industry section and season, of the results between two days; with code '' all results, as the base. A
 * result with several codes counts with each; A and 2, which only say that a kind follows, are left out.
 */
export function readViolations(scope: Scope, { from, to }: { from: string; to: string }): Statement<ViolationCount> {
  const seen = scopeCondition(scope, 'risk_maps', { unit: "''", area: 'area' });
  return {
    sql: `WITH ${LIVE},
  firms AS (
    SELECT subject, argMax((toString(region), upper(JSONExtractString(facts, 'industry'))), (time, recorded_at, id)) AS last
    FROM live WHERE type = 'entity.registered' GROUP BY subject),
  results AS (
    SELECT subject, JSONExtractString(facts, 'task_id') AS task,
      argMax((toString(region), toDate(time, 'Asia/Shanghai'), JSONExtract(facts, 'codes', 'Array(String)')), (time, recorded_at, id)) AS last
    FROM live WHERE type = 'result.entered' GROUP BY subject, task),
  placed AS (
    SELECT if(results.last.1 = '', firms.last.1, results.last.1) AS area, firms.last.2 AS trade, results.last.2 AS day, results.last.3 AS codes
    FROM results LEFT JOIN firms ON firms.subject = results.subject)
SELECT ${industrySection('trade')} AS industry, toQuarter(day) AS season,
  arrayJoin(arrayPushFront(arrayFilter(one -> one NOT IN ('1', 'A', '2'), codes), '')) AS code, toUInt32(count()) AS inspections
FROM placed WHERE day BETWEEN {from:Date} AND {to:Date} AND ${seen.sql}
GROUP BY industry, season, code ORDER BY industry, season, inspections DESC, code`,
    params: { ...NOW, ...seen.params, from, to },
  };
}
