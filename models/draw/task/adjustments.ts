import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { momentOf } from '../../publication/moment.ts';
import { DRAW_SOURCE } from './draw-source.ts';

/** A change after the draw: another object, or another inspector of the visit to `subject`. */
export interface AdjustmentNote {
  subject: string | undefined;
  from: string;
  to: string;
  /** Of a recusal. */
  ground: string | undefined;
  /** Of a recusal: who could not take the place either, as was known then. */
  barred?: string[] | undefined;
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
  const rows = await warehouse.query<{ at: string; facts: string }>(
    `SELECT toString(time) AS at, facts FROM ${READABLE_EVENTS} AS e
     WHERE type = 'draw.adjusted' AND source = {source:String} AND JSONExtractString(facts, 'task_id') = {task:String}
       AND JSONExtractInt(facts, 'attempt') = {attempt:UInt32}
     ORDER BY JSONExtractInt(facts, 'number')`,
    { source: DRAW_SOURCE, task: taskId, attempt },
  );
  return rows.map(({ at, facts }) => {
    const { subject, from, to, ground, barred, reason, approver } = JSON.parse(facts);
    return { subject, from, to, ground, barred, reason, approver, at: momentOf(at) };
  });
}
