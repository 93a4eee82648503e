/** The marks that a publication counted, with reason and approver: the log as of then, which its digest pins. */
import type { Warehouse } from '@hengjian/warehouse';
import { wallTime } from '../scoring/wall-time.ts';
import type { Publication } from './read-chain.ts';

export interface Mark {
  unit: string;
  item: string;
  points: number;
  reason: string;
  approver: string;
}

/** The latest of each unit and item, in their order; voided ones left out. */
export function readMarks(warehouse: Warehouse, { record, snapshot }: Publication): Promise<Mark[]> {
  return warehouse.query<Mark>(
    `WITH seen AS (
       SELECT toString(e.source) AS source, e.id AS id, e.type AS type, e.time AS time, e.data AS data FROM events AS e
       WHERE e.type IN ('mark.awarded', 'event.voided') AND e.recorded_at <= toDateTime64({asOf:String}, 6, 'Asia/Shanghai')
         AND e.time <= toDateTime64({cutoff:String}, 6, 'Asia/Shanghai')
     )
     SELECT JSONExtractString(data, 'unit') AS unit, JSONExtractString(data, 'item') AS item,
       argMax(JSONExtractFloat(data, 'points'), (time, id, source)) AS points,
       argMax(JSONExtractString(data, 'reason'), (time, id, source)) AS reason,
       argMax(JSONExtractString(data, 'approver'), (time, id, source)) AS approver
     FROM seen
     WHERE type = 'mark.awarded' AND JSONExtractString(data, 'quarter') = {quarter:String}
       AND has({units:Array(String)}, unit)
       AND (source, id) NOT IN (
         SELECT JSONExtractString(data, 'event_source'), JSONExtractString(data, 'event_id') FROM seen WHERE type = 'event.voided')
     GROUP BY unit, item ORDER BY unit, item`,
    {
      asOf: wallTime(record.as_of),
      cutoff: `${snapshot.cutoff} 23:59:59.999999`,
      quarter: record.quarter,
      units: snapshot.units.map(({ unit }) => unit),
    },
  );
}
