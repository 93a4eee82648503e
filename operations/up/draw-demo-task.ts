/** A verifiable draw of the demo, made by the product itself: task, commitment, draw, teams. */
import { SOURCES } from '@hengjian/generator/cloud-event.ts';
import { sha256 } from '@hengjian/models/draw/sha256.ts';
import { assignTask } from '@hengjian/models/draw/task/assign-task.ts';
import { readAttempts } from '@hengjian/models/draw/task/attempts.ts';
import { commitTaskDraw } from '@hengjian/models/draw/task/commit-task-draw.ts';
import { runTaskDraw } from '@hengjian/models/draw/task/run-task-draw.ts';
import { DEFAULT_TIERS, type TaskRules } from '@hengjian/models/draw/task/task-plan.ts';
import type { WriteEvents } from '@hengjian/models/publication/write-events.ts';
import type { Warehouse } from '@hengjian/warehouse';

const RULES: TaskRules = {
  department: 'scjg',
  tiers: { ...DEFAULT_TIERS },
  n: undefined,
  strata: ['area'],
  untiered: 'B',
  // The product classifies as well by then; the demo draws by the province’s.
  tierSource: SOURCES.province,
  areas: [],
  industries: [],
  coolingDays: 0,
  cap: 2,
  exemption: undefined,
};

export interface DemoTask {
  id: string;
  title: string;
  industries: readonly string[];
  n: number;
  matters: readonly string[];
}

/**
 * The beacon is an invented one, said to be so: a demo can wait for no lottery.
 *
 * @param at RFC 3339, of every step @param visitsOn YYYY-MM-DD
 * @returns false where it is there already, and nothing is done
 */
export async function drawDemoTask(
  warehouse: Warehouse,
  write: WriteEvents,
  { id, title, industries, n, matters }: DemoTask,
  { at, visitsOn }: { at: string; visitsOn: string },
): Promise<boolean> {
  if ((await readAttempts(warehouse, id)).length > 0) return false;
  const writeAt: WriteEvents = (events) => write(events.map((event) => ({ ...event, time: at })));
  const year = Number(at.slice(0, 4));
  const about = { task_id: id, year, scope: 'single', lead: 'scjg', participants: [], directed: true, title, matters };
  const created = await writeAt([
    {
      ...{ specversion: '1.0', id: `task-${id}`, source: '/hengjian/demo', type: 'task.created' },
      ...{ department: 'scjg', data: about },
    },
  ]);
  if (created.rejected[0]) throw new Error(created.rejected[0].detail);
  const beacon = { kind: 'text', name: '示例信标（演示用）', at } as const;
  const value = `${beacon.name}/${at}/${id}`;
  const rules = { ...RULES, industries: [...industries], n, matters: [...matters], beacon };
  const none = { reason: undefined, approver: undefined };
  const { secret } = await commitTaskDraw(warehouse, writeAt, id, rules, ['scjg'], none);
  const bytes = sha256(Buffer.from(value));
  await runTaskDraw(warehouse, writeAt, id, Buffer.from(secret, 'hex'), bytes, { kind: 'text', value });
  await assignTask(warehouse, writeAt, id, { day: visitsOn, specialty: '', team: 2, expert: false });
  return true;
}
