/** Verifiable draws of the demo district: a year of them with results, and two that wait for their visits. */
import { addDays } from '@hengjian/models/calendar/day.ts';
import type { WriteEvents } from '@hengjian/models/publication/write-events.ts';
import { localDay } from '@hengjian/models/runner/quarter-scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { drawDemoTask } from './draw-demo-task.ts';
import { drawDemoYear } from './draw-demo-year.ts';

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
 * Nothing where they are there already.
 *
 * @param now the day of the visits is a week after it
 */
export async function drawDemo(warehouse: Warehouse, write: WriteEvents, now = new Date()): Promise<void> {
  await drawDemoYear(warehouse, write, now);
  const today = localDay(now);
  const visitsOn = addDays(today, 7);
  for (const task of TASKS) {
    const id = `${task.id}-${today.slice(0, 4)}`;
    await drawDemoTask(warehouse, write, { ...task, id }, { at: now.toISOString(), visitsOn });
  }
}
