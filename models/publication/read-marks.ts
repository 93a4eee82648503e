/** The marks that a publication counted, with reason and approver: the log as of then, which its digest pins. */
import type { Warehouse } from '@hengjian/warehouse';
import { voidedBy } from '../objections/voided-by.ts';
import { wallTime } from '../scoring/wall-time.ts';
import type { Publication } from './read-chain.ts';

export interface Mark {
  unit: string;
  item: string;
  points: number;
  reason: string;
  approver: string;
}

/** An event about marks, as of then: a mark, or a void of whatever. */
interface Seen extends Mark {
  own: string;
  /** Of a void: what it voids. */
  target: string;
}

/** The latest of each unit and item, in their order; voided ones left out. */
export async function readMarks(warehouse: Warehouse, { record, snapshot }: Publication): Promise<Mark[]> {
  const seen = await warehouse.query<Seen>(
    `SELECT concat(toString(e.source), '\\t', e.id) AS own,
       if(e.type = 'event.voided', concat(JSONExtractString(data, 'event_source'), '\\t', JSONExtractString(data, 'event_id')), '') AS target,
       JSONExtractString(data, 'unit') AS unit, JSONExtractString(data, 'item') AS item, JSONExtractFloat(data, 'points') AS points,
       JSONExtractString(data, 'reason') AS reason, JSONExtractString(data, 'approver') AS approver
     FROM events AS e
     WHERE (e.type = 'event.voided' OR e.type = 'mark.awarded' AND JSONExtractString(data, 'quarter') = {quarter:String}
         AND has({units:Array(String)}, JSONExtractString(data, 'unit')))
       AND e.recorded_at <= toDateTime64({asOf:String}, 6, 'Asia/Shanghai') AND e.time <= toDateTime64({cutoff:String}, 6, 'Asia/Shanghai')
     ORDER BY unit, item, e.time, e.id, e.source`,
    {
      asOf: wallTime(record.as_of),
      cutoff: `${snapshot.cutoff} 23:59:59.999999`,
      quarter: record.quarter,
      units: snapshot.units.map(({ unit }) => unit),
    },
  );
  const isVoided = voidedBy(seen.filter(({ target }) => target !== ''));
  const latest = new Map<string, Mark>();
  for (const { own, target, ...mark } of seen)
    if (target === '' && !isVoided(own)) latest.set(`${mark.unit}\t${mark.item}`, mark);
  return [...latest.values()];
}
