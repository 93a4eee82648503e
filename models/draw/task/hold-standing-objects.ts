import type { Warehouse } from '@hengjian/warehouse';
import type { CheckList } from '../check.ts';
import type { AdjustmentNote } from './adjustments.ts';
import { LIVE } from './live-events.ts';
import { standingObjects } from './standing-objects.ts';

/**
 * Pages, inspectors and scores go by the `draw.executed` events that stand, whoever sent them: together they must name exactly
 * those drawn with every noted change.
 */
export async function holdStandingObjects(
  list: CheckList,
  warehouse: Warehouse,
  taskId: string,
  selected: readonly string[],
  notes: readonly AdjustmentNote[],
): Promise<void> {
  const said = await warehouse.query<{ firm: string; by: string }>(
    `WITH ${LIVE} SELECT upper(arrayJoin(JSONExtract(facts, 'objects', 'Array(String)'))) AS firm, any(toString(source)) AS by FROM live
     WHERE type = 'draw.executed' AND JSONExtractString(facts, 'task_id') = {task:String} GROUP BY firm ORDER BY firm`,
    { task: taskId, as_of: '2299-01-01 00:00:00' },
  );
  const standing = new Set([...standingObjects(selected, notes)].map((id) => id.toUpperCase()));
  const named = new Set(said.map(({ firm }) => firm));
  const extra = said.find(({ firm }) => !standing.has(firm));
  const gone = [...standing].find((id) => !named.has(id));
  list.hold(
    'objects',
    extra === undefined && gone === undefined,
    `${standing.size} stand in the log as drawn: those of the record${notes.some(({ subject }) => subject === undefined) ? ' with every noted change' : ''}`,
    extra
      ? `${extra.by} says that ${extra.firm} was drawn, which neither the record nor a noted change does`
      : `${gone} was drawn, and no event of the log that stands says so`,
  );
}
