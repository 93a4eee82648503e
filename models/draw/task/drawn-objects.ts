import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { type Attempt, stepId } from './attempts.ts';
import { DRAW_SOURCE } from './draw-source.ts';
import type { Step } from './write-steps.ts';

interface ObjectsEvent {
  id: string;
  at: string;
}

/**
 * The steps after which exactly `objects` count as drawn for the task: what the product said before is voided, never changed,
 * and the new list has the time of the draw, since deadlines run from there.
 */
export async function drawnObjectsSteps(
  warehouse: Warehouse,
  taskId: string,
  attempt: Attempt,
  objects: readonly string[],
  reason: string,
  drawnAt?: string,
): Promise<Step[]> {
  const said = await warehouse.query<ObjectsEvent>(
    `SELECT id, toString(time) AS at FROM ${READABLE_EVENTS} AS e
     WHERE type = 'draw.executed' AND source = {source:String} AND JSONExtractString(facts, 'task_id') = {task:String}`,
    { source: DRAW_SOURCE, task: taskId },
  );
  const voided = await warehouse.query<{ id: string }>(
    `SELECT JSONExtractString(facts, 'event_id') AS id FROM ${READABLE_EVENTS} AS e
     WHERE type = 'event.voided' AND source = {source:String} AND JSONExtractString(facts, 'event_source') = {source:String}`,
    { source: DRAW_SOURCE },
  );
  const gone = new Set(voided.map(({ id }) => id));
  const standing = said.filter(({ id }) => !gone.has(id));
  const { department } = attempt;
  return [
    ...standing.map(
      ({ id }): Step => ({
        id: `${id}-void`,
        type: 'event.voided',
        department,
        data: { event_source: DRAW_SOURCE, event_id: id, reason },
      }),
    ),
    {
      id: stepId(taskId, attempt.number, `objects-${said.length + 1}`),
      type: 'draw.executed',
      department,
      data: { task_id: taskId, objects },
      ...(drawnAt ? { time: drawnAt } : {}),
    },
  ];
}
