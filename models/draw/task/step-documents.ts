import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { DRAW_SOURCE } from './draw-source.ts';

/** A step of a draw with all that was written about it, byte for byte: hashes are over plans, lists and evidence as they were. */
export interface StepDocument {
  type: string;
  department: string;
  /** Local wall time with microseconds. */
  at: string;
  data: string;
}

/** The product's own steps of a task, of some types. */
export function readStepDocuments(
  warehouse: Warehouse,
  types: readonly string[],
  taskId: string,
): Promise<StepDocument[]> {
  return warehouse.query<StepDocument>(
    `SELECT type, CAST(department AS String) AS department, toString(time) AS at, data FROM events
     WHERE type IN {types:Array(String)} AND source = {source:String} AND id IN (
       SELECT e.id FROM ${READABLE_EVENTS} AS e
       WHERE e.type IN {types:Array(String)} AND e.source = {source:String} AND JSONExtractString(e.facts, 'task_id') = {task:String})
     ORDER BY time, id`,
    { types, source: DRAW_SOURCE, task: taskId },
  );
}
