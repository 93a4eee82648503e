import type { Warehouse } from '@hengjian/warehouse';
import { hashJson } from '../../publication/hash-json.ts';
import type { WriteEvents } from '../../publication/write-events.ts';
import { publishRecord } from '../publish-record.ts';
import type { PublicRecord } from '../record-schema.ts';
import { lastExecuted, stepId } from './attempts.ts';
import { repeatTaskDraw } from './run-task-draw.ts';
import { writeSteps } from './write-steps.ts';

/**
 * The public record of a task's last draw; that it was made public is noted the first time, with the hash of what was.
 *
 * @throws DrawError if the task is not drawn yet
 */
export async function publishTaskDraw(warehouse: Warehouse, write: WriteEvents, taskId: string): Promise<PublicRecord> {
  const record = publishRecord(await repeatTaskDraw(warehouse, taskId));
  const { number, department, publishedAt } = (await lastExecuted(warehouse, taskId))!;
  if (publishedAt === undefined)
    await writeSteps(write, [
      {
        id: stepId(taskId, number, 'published'),
        type: 'draw.published',
        department,
        data: { task_id: taskId, attempt: number, record_sha256: hashJson(record) },
      },
    ]);
  return record;
}
