import type { Warehouse } from '@hengjian/warehouse';
import { DrawError } from '../draw-error.ts';
import { LIVE } from './live-events.ts';

export interface Task {
  id: string;
  year: number;
  scope: string;
  lead: string;
  participants: string[];
  directed: boolean;
}

/** @throws DrawError if no such task was created */
export async function readTask(warehouse: Warehouse, taskId: string): Promise<Task> {
  const [task] = await warehouse.query<Omit<Task, 'id' | 'directed'> & { directed: number }>(
    `WITH ${LIVE}
     SELECT JSONExtractInt(facts, 'year') AS year, JSONExtractString(facts, 'scope') AS scope,
       JSONExtractString(facts, 'lead') AS lead, JSONExtract(facts, 'participants', 'Array(String)') AS participants,
       JSONExtractBool(facts, 'directed') AS directed
     FROM live WHERE type = 'task.created' AND JSONExtractString(facts, 'task_id') = {task:String}
     ORDER BY time DESC, recorded_at DESC LIMIT 1`,
    { task: taskId, as_of: '2299-01-01 00:00:00' },
  );
  if (!task) throw new DrawError(`No task ${taskId} was created; send its task.created event, or check the number.`);
  return { ...task, id: taskId, directed: Boolean(task.directed) };
}
