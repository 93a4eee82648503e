import type { Warehouse } from '@hengjian/warehouse';
import { DrawError } from '../draw-error.ts';
import type { Attempt } from './attempts.ts';
import { LIVE } from './live-events.ts';
import { CANDIDATES } from './task-frame-sql.ts';

interface Limits {
  task: { year: number };
  as_of: string;
  rules: { cap: number; cooling_days: number; low_tiers?: string[]; exemption?: string; check_type?: string };
}

interface Reached {
  ids: string[];
  subjects: number;
  why: string;
}

/** Objects of other tasks’ draws that were recorded since the commitment. */
const DRAWN_SINCE = `SELECT upper(arrayJoin(JSONExtract(facts, 'objects', 'Array(String)'))) FROM live
       WHERE type = 'draw.executed' AND JSONExtractString(facts, 'task_id') != {task:String}
         AND recorded_at > {since:DateTime64(6, 'Asia/Shanghai')}`;

/**
 * Two commitments may be open at once, each with a frame from before the draw of the other: caps, cooling-off and the rest of firms
 * of low risk are held again for the frozen frame, against draws of other tasks that were recorded since. It asks nothing of who would
 * be drawn, so that a refusal says nothing of the outcome and chooses none.
 *
 * @throws DrawError that names those who reached a limit
 */
export async function holdLimits(warehouse: Warehouse, taskId: string, attempt: Attempt): Promise<void> {
  const limits = attempt.plan as unknown as Limits;
  if (limits.rules.exemption) return;
  const found =
    (await reachedByDepartment(warehouse, taskId, attempt, limits)) ??
    (await lowRisk(warehouse, taskId, attempt, limits));
  if (!found) return;
  const others = found.subjects - found.ids.length;
  const names = `${found.ids.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
  throw new DrawError(
    `Since task ${taskId} was committed to, another task drew ${names} of its frame, and their limit (${found.why}) is reached; commit again with \`draw plan --task ${taskId} --reason … --approver …\`, which leaves them out (attempt ${attempt.number} stays visible).`,
    { reason: 'limit_reached', values: { task: taskId, names: found.ids.join(' / '), subjects: found.subjects } },
  );
}

/** By the department's own draws: the cap of the year, cooling-off. */
async function reachedByDepartment(
  warehouse: Warehouse,
  taskId: string,
  attempt: Attempt,
  { task, as_of: since, rules }: Limits,
): Promise<Reached | undefined> {
  if (rules.cap === 0 && rules.cooling_days === 0) return undefined;
  const [now] = await warehouse.query<{ as_of: string }>("SELECT toString(now64(6, 'Asia/Shanghai')) AS as_of");
  const [found] = await warehouse.query<Reached>(
    `SELECT arraySlice(arraySort(groupArray(id)), 1, 3) AS ids, toUInt32(count()) AS subjects, exclusion AS why
     FROM (${CANDIDATES})
     WHERE exclusion IN ('annual_cap', 'cooling_off') AND id IN (SELECT id FROM draw_frames WHERE frame_id = {frame:String}) AND id IN (
       WITH ${LIVE} ${DRAWN_SINCE} AND department = {department:String})
     GROUP BY exclusion ORDER BY subjects DESC LIMIT 1`,
    {
      ...{ as_of: now!.as_of, since, frame: attempt.frameId, task: taskId, department: attempt.department },
      ...{ year: task.year, cap: rules.cap, cooling_days: rules.cooling_days },
      ...{ check_type: rules.check_type ?? 'daily', exempt: false },
      ...{ untiered: '', tier_source: '', low_tiers: [], areas: [], industries: [] },
    },
  );
  return found;
}

/** Of low risk in the frame, and drawn in the task's year by whatever department. */
async function lowRisk(
  warehouse: Warehouse,
  taskId: string,
  { frameId }: Attempt,
  { task, as_of: since, rules: { low_tiers = [] } }: Limits,
): Promise<Reached | undefined> {
  if (low_tiers.length === 0) return undefined;
  const [found] = await warehouse.query<Reached>(
    `SELECT arraySlice(arraySort(groupArray(id)), 1, 3) AS ids, toUInt32(count()) AS subjects, 'low_risk_drawn_this_year' AS why
     FROM draw_frames
     WHERE frame_id = {frame:String} AND has({low_tiers:Array(String)}, cell[-1]) AND id IN (
       WITH ${LIVE} ${DRAWN_SINCE} AND toYear(time) = {year:UInt16})
     HAVING subjects > 0`,
    { as_of: '2299-01-01 00:00:00', since, frame: frameId, task: taskId, year: task.year, low_tiers },
  );
  return found;
}
