import type { Warehouse } from '@hengjian/warehouse';
import { DrawError } from '../draw-error.ts';
import type { Attempt } from './attempts.ts';
import { LIVE } from './live-events.ts';
import { CANDIDATES } from './task-frame-sql.ts';

interface Limits {
  task: { year: number };
  as_of: string;
  rules: { cap: number; cooling_days: number; exemption?: string; check_type?: string };
}

/**
 * Two commitments of one department may be open at once, each with a frame from before the draw of the other: caps and cooling-off
 * are held again for the frozen frame, against draws of other tasks that were recorded since. It asks nothing of who would be drawn, so
 * that a refusal says nothing of the outcome and chooses none.
 *
 * @throws DrawError that names those who reached a limit
 */
export async function holdLimits(warehouse: Warehouse, taskId: string, attempt: Attempt): Promise<void> {
  const { task, as_of: since, rules } = attempt.plan as unknown as Limits;
  if (rules.exemption || (rules.cap === 0 && rules.cooling_days === 0)) return;
  const [now] = await warehouse.query<{ as_of: string }>("SELECT toString(now64(6, 'Asia/Shanghai')) AS as_of");
  const [found] = await warehouse.query<{ ids: string[]; subjects: number; why: string }>(
    `SELECT arraySlice(arraySort(groupArray(id)), 1, 3) AS ids, toUInt32(count()) AS subjects, exclusion AS why
     FROM (${CANDIDATES})
     WHERE exclusion IN ('annual_cap', 'cooling_off') AND id IN (SELECT id FROM draw_frames WHERE frame_id = {frame:String}) AND id IN (
       WITH ${LIVE}
       SELECT upper(arrayJoin(JSONExtract(facts, 'objects', 'Array(String)'))) FROM live
       WHERE type = 'draw.executed' AND department = {department:String} AND JSONExtractString(facts, 'task_id') != {task:String}
         AND recorded_at > {since:DateTime64(6, 'Asia/Shanghai')})
     GROUP BY exclusion ORDER BY subjects DESC LIMIT 1`,
    {
      ...{ as_of: now!.as_of, since, frame: attempt.frameId, task: taskId, department: attempt.department },
      ...{ year: task.year, cap: rules.cap, cooling_days: rules.cooling_days },
      ...{ check_type: rules.check_type ?? 'daily', exempt: false },
      ...{ untiered: '', tier_source: '', low_tiers: [], areas: [], industries: [] },
    },
  );
  if (!found) return;
  const others = found.subjects - found.ids.length;
  const names = `${found.ids.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
  throw new DrawError(
    `Since task ${taskId} was committed to, another task of ${attempt.department} drew ${names} of its frame, and their limit (${found.why}) is reached; commit again with \`draw plan --task ${taskId} --reason … --approver …\`, which leaves them out (attempt ${attempt.number} stays visible).`,
    { reason: 'limit_reached', values: { task: taskId, names: found.ids.join(' / '), subjects: found.subjects } },
  );
}
