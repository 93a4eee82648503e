import type { Warehouse } from '@hengjian/warehouse';
import { LIVE } from './live-events.ts';

/** Declared interests of the department’s inspectors, and who checked a subject last time, for another task. */
export async function recusalTable(
  warehouse: Warehouse,
  taskId: string,
  department: string,
  subjects: readonly string[],
): Promise<string> {
  const rows = await warehouse.query<{ subject: string; inspector: string; ground: string }>(
    `WITH ${LIVE},
     last AS (
       SELECT subject, argMax(JSONExtract(facts, 'inspectors', 'Array(String)'), (time, recorded_at, id)) AS inspectors
       FROM live WHERE type = 'inspection.done' AND department = {department:String} AND has({subjects:Array(String)}, subject)
         AND JSONExtractString(facts, 'task_id') != {task:String} GROUP BY subject),
     grounds AS (
       SELECT subject, JSONExtractString(facts, 'inspector') AS inspector, JSONExtractString(facts, 'ground') AS ground, 0 AS rank
       FROM live WHERE type = 'recusal.declared' AND department = {department:String} AND has({subjects:Array(String)}, subject)
       UNION ALL
       SELECT subject, arrayJoin(inspectors) AS inspector, 'last_time' AS ground, 1 AS rank FROM last)
     SELECT subject, inspector, argMin(ground, (rank, ground)) AS ground FROM grounds WHERE inspector != ''
     GROUP BY subject, inspector ORDER BY subject, inspector`,
    { as_of: '2299-01-01 00:00:00', task: taskId, department, subjects },
  );
  return `subject\tinspector\tground\n${rows.map((row) => `${row.subject}\t${row.inspector}\t${row.ground}\n`).join('')}`;
}
