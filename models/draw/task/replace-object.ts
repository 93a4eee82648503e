import type { Warehouse } from '@hengjian/warehouse';
import type { WriteEvents } from '../../publication/write-events.ts';
import { DrawError } from '../draw-error.ts';
import { holdDecided } from '../hold-decided.ts';
import { type AdjustmentNote, readAdjustments } from './adjustments.ts';
import { lastExecuted, stepId } from './attempts.ts';
import { drawnObjectsSteps } from './drawn-objects.ts';
import { readTeams } from './read-teams.ts';
import { repeatTaskDraw } from './run-task-draw.ts';
import { standingObjects } from './standing-objects.ts';
import { type UnfitInspector, unfitInspectors } from './unfit-inspectors.ts';
import { writeSteps } from './write-steps.ts';

/** What was noted, and who of the team may not visit the firm that stepped in. */
export type Replacement = AdjustmentNote & { unfit: UnfitInspector[] };

/**
 * Somebody drawn cannot be inspected (closed, not to be found): the next of the same cell's reserve steps in, as the order of the
 * keys says, with reason and approver, visible for ever. Nothing is drawn again.
 *
 * @throws DrawError without reason and approver, if `from` does not stand, or the reserve of its cell is used up
 */
export async function replaceObject(
  warehouse: Warehouse,
  write: WriteEvents,
  taskId: string,
  { from, reason, approver }: { from: string; reason: string; approver: string },
): Promise<Replacement> {
  holdDecided({ reason, approver });
  const record = await repeatTaskDraw(warehouse, taskId);
  const attempt = (await lastExecuted(warehouse, taskId))!;
  const notes = await readAdjustments(warehouse, taskId, attempt.number);
  const objects = notes.filter(({ subject }) => subject === undefined);
  const standing = standingObjects(
    record.selected.map(({ id }) => id),
    notes,
  );
  if (!standing.has(from))
    throw new DrawError(`${from} is not among those drawn for task ${taskId} as it stands.`, {
      reason: 'not_drawn',
      values: { id: from },
    });
  const { cell } = [...record.selected, ...record.reserve].find(({ id }) => id === from)!;
  const used = new Set(objects.map(({ to }) => to));
  const next = record.reserve.find((unit) => unit.cell === cell && !used.has(unit.id));
  if (!next)
    throw new DrawError(
      `The reserve of the cell of ${from} is used up; its place stays empty, or the task is drawn again with a reason and an approver.`,
      { reason: 'reserve_used', values: { id: from } },
    );
  standing.delete(from);
  standing.add(next.id);
  const data = {
    task_id: taskId,
    attempt: attempt.number,
    number: notes.length + 1,
    from,
    to: next.id,
    reason,
    approver,
  };
  await writeSteps(write, [
    {
      id: stepId(taskId, attempt.number, `adjusted-${notes.length + 1}`),
      type: 'draw.adjusted',
      department: attempt.department,
      data,
    },
    ...(await drawnObjectsSteps(warehouse, taskId, attempt, [...standing].sort(), reason, attempt.executed!.at)),
  ]);
  const [teams] = await readTeams(warehouse, { task: taskId });
  const left = teams?.visits.filter(({ subject }) => subject === from || subject === next.id) ?? [];
  // A log has not brought the change yet.
  const visits = left.map((visit) => ({ ...visit, subject: next.id }));
  return {
    ...{ subject: undefined, ground: undefined, from, to: next.id, reason, approver, at: new Date().toISOString() },
    unfit: teams ? await unfitInspectors(warehouse, attempt, teams, visits) : [],
  };
}
