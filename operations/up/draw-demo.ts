/** Two verifiable draws of the demo district, made by the product itself: frozen frames, records, teams. */

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
  tierSource: undefined,
  areas: [],
  industries: [],
  coolingDays: 0,
  cap: 2,
  exemption: undefined,
};

const TASKS = [
  {
    id: 'demo-catering',
    title: '餐饮服务双随机抽查（示例）',
    industries: ['H'],
    n: 24,
    matters: ['食品经营', '公示信息'],
  },
  {
    id: 'demo-shops',
    title: '商贸企业公示信息抽查（示例）',
    industries: ['F'],
    n: 30,
    matters: ['公示信息', '登记事项'],
  },
] as const;

/**
 * Nothing where they are there already. The beacon is an invented one, said to be so: a demo can wait for no lottery.
 * @param now the day of the visits is a week after it
 */
export async function drawDemo(warehouse: Warehouse, write: WriteEvents, now = new Date()): Promise<void> {
  for (const { id, title, industries, n, matters } of TASKS) {
    const task = `${id}-${now.getFullYear()}`;
    if ((await readAttempts(warehouse, task)).length > 0) continue;
    const created = await write([
      {
        specversion: '1.0',
        id: `task-${task}`,
        source: '/hengjian/demo',
        type: 'task.created',
        time: now.toISOString(),
        department: 'scjg',
        data: {
          task_id: task,
          year: now.getFullYear(),
          scope: 'single',
          lead: 'scjg',
          participants: [],
          directed: true,
          title,
          matters,
        },
      },
    ]);
    if (created.rejected[0]) throw new Error(created.rejected[0].detail);
    const at = now.toISOString();
    const beacon = { kind: 'text', name: '示例信标（演示用）', at } as const;
    const value = `${beacon.name}/${at}/${task}`;
    const rules = { ...RULES, industries: [...industries], n, matters: [...matters], beacon };
    const none = { reason: undefined, approver: undefined };
    const { secret } = await commitTaskDraw(warehouse, write, task, rules, ['scjg'], none);
    const bytes = sha256(Buffer.from(value));
    await runTaskDraw(warehouse, write, task, Buffer.from(secret, 'hex'), bytes, { kind: 'text', value });
    const day = new Date(now.getTime() + 7 * 86_400_000).toISOString().slice(0, 10);
    await assignTask(warehouse, write, task, { day, specialty: '', team: 2, expert: false });
  }
}
