import type { Warehouse } from '@hengjian/warehouse';
import { HOLDING_VOIDS, READABLE_FACTS } from '@hengjian/warehouse/readable-events.ts';
import { type Attempt, stepId } from './attempts.ts';
import { DRAW_SOURCE } from './draw-source.ts';
import type { Step } from './write-steps.ts';

interface ObjectsEvent {
  id: string;
  stands: boolean;
  /** How many voids of the product name it: one that was voided itself leaves its id taken. */
  voids: number;
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
    `WITH ${HOLDING_VOIDS('1')}
     SELECT e.id AS id, any((toString(e.source), e.id) NOT IN (SELECT voided_source, voided_id FROM holding))::Bool AS stands,
       countIf(v.void_id != '') AS voids
     FROM (
       SELECT source, id FROM ${READABLE_FACTS} WHERE type = 'draw.executed' AND source = {source:String} AND JSONExtractString(facts, 'task_id') = {task:String}
     ) AS e
     LEFT JOIN (
       SELECT id AS void_id, voided_id FROM voids WHERE source = {source:String} AND voided_source = {source:String}
     ) AS v ON v.voided_id = e.id
     GROUP BY e.id ORDER BY e.id`,
    { source: DRAW_SOURCE, task: taskId },
  );
  const { department } = attempt;
  return [
    ...said
      .filter(({ stands }) => stands)
      .map(
        ({ id, voids }): Step => ({
          id: voids === 0 ? `${id}-void` : `${id}-void-${voids + 1}`,
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
