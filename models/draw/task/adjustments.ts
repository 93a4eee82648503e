import type { Warehouse } from '@hengjian/warehouse';
import { momentOf } from '../../publication/moment.ts';
import { DRAW_SOURCE } from './attempts.ts';

/** A change after the draw: another object, or another inspector of the visit to `subject`. */
export interface AdjustmentNote {
  subject: string | undefined;
  from: string;
  to: string;
  /** Of a recusal. */
  ground: string | undefined;
  reason: string;
  approver: string;
  at: string;
}

/** All changes of an attempt, in the order in which they were recorded. */
export async function readAdjustments(
  warehouse: Warehouse,
  taskId: string,
  attempt: number,
): Promise<AdjustmentNote[]> {
  const rows = await warehouse.query<{ at: string; data: string }>(
    `SELECT toString(time) AS at, data FROM events
     WHERE type = 'draw.adjusted' AND source = {source:String} AND JSONExtractString(data, 'task_id') = {task:String}
       AND JSONExtractInt(data, 'attempt') = {attempt:UInt32}
     ORDER BY JSONExtractInt(data, 'number')`,
    { source: DRAW_SOURCE, task: taskId, attempt },
  );
  return rows.map(({ at, data }) => {
    const { subject, from, to, ground, reason, approver } = JSON.parse(data);
    return { subject, from, to, ground, reason, approver, at: momentOf(at) };
  });
}
