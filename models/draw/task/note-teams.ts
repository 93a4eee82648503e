import type { Warehouse } from '@hengjian/warehouse';
import type { AssignmentLists } from '../../assignment/assign-from-lists.ts';
import type { Adjustment, AssignmentRecord } from '../../assignment/assignment-record.ts';
import type { WriteEvents } from '../../publication/write-events.ts';
import { DrawError } from '../draw-error.ts';
import { readAdjustments } from './adjustments.ts';
import { lastExecuted, stepId } from './attempts.ts';
import { DRAW_SOURCE } from './draw-source.ts';
import { writeSteps } from './write-steps.ts';

/**
 * Writes that the inspectors of a task were drawn.
 *
 * @param inputs the lists themselves, so that the log alone repeats the draw
 * @throws DrawError if they were already
 */
export async function noteTeams(
  warehouse: Warehouse,
  write: WriteEvents,
  taskId: string,
  record: AssignmentRecord,
  inputs?: AssignmentLists,
): Promise<void> {
  const attempt = (await lastExecuted(warehouse, taskId))!;
  const id = stepId(taskId, attempt.number, 'inspectors');
  const [known] = await warehouse.query(
    'SELECT 1 AS found FROM events WHERE id = {id:String} AND source = {source:String} LIMIT 1',
    { id, source: DRAW_SOURCE },
  );
  if (known)
    throw new DrawError(
      `The inspectors of task ${taskId} are drawn; \`draw recuse\` changes one place, with a reason.`,
      { reason: 'teams_drawn', values: { task: taskId } },
    );
  const data = {
    task_id: taskId,
    attempt: attempt.number,
    pool_hash: record.inspectors.sha256,
    day: record.day,
    pairs: record.teams.map(({ subject, inspectors }) => ({
      subject,
      inspectors: inspectors.map((member) => member.id),
    })),
    result_hash: record.result_hash,
    ...(inputs ? { inputs } : {}),
  };
  await writeSteps(write, [{ id, type: 'draw.inspectors_executed', department: attempt.department, data }]);
}

/** Writes a recusal after the draw. */
export async function noteRecusal(
  warehouse: Warehouse,
  write: WriteEvents,
  taskId: string,
  adjustment: Adjustment,
): Promise<void> {
  const attempt = await lastExecuted(warehouse, taskId);
  if (!attempt) throw new DrawError(`Task ${taskId} is not drawn yet.`);
  const number = (await readAdjustments(warehouse, taskId, attempt.number)).length + 1;
  await writeSteps(write, [
    {
      id: stepId(taskId, attempt.number, `adjusted-${number}`),
      type: 'draw.adjusted',
      department: attempt.department,
      data: { task_id: taskId, attempt: attempt.number, number, ...adjustment },
    },
  ]);
}
