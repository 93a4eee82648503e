/** The demo's draws of the last four quarters with teams, visits and results, so that draws, inspectors and findings have a past. */
import { addDays, weekday } from '@hengjian/models/calendar/day.ts';
import { neighbour, quarterOf } from '@hengjian/models/calendar/quarter.ts';
import { sha256 } from '@hengjian/models/draw/sha256.ts';
import type { VisitTeam } from '@hengjian/models/draw/task/read-teams.ts';
import { readTeams } from '@hengjian/models/draw/task/read-teams.ts';
import type { WriteEvents } from '@hengjian/models/publication/write-events.ts';
import { localDay } from '@hengjian/models/runner/quarter-scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { type DemoTask, drawDemoTask } from './draw-demo-task.ts';

const QUARTERS = 4;
const CODES = [['B'], ['E'], ['6'], ['E'], ['B'], ['D']];
const FIELDS = [
  { title: '餐饮服务食品安全抽查（示例）', industries: ['H'], matters: ['食品经营'] },
  { title: '商贸企业公示信息抽查（示例）', industries: ['F'], matters: ['公示信息'] },
  { title: '制造企业登记事项抽查（示例）', industries: ['C'], matters: ['登记事项', '公示信息'] },
  { title: '商务服务企业公示信息抽查（示例）', industries: ['L'], matters: ['公示信息'] },
];

/**
 * Nothing where they are there already. The steps bear the days on which they would have been taken, and the frames say in their plans
 * as of when they were made: a demo is filled in afterwards. What a visit found follows from task and subject alone.
 */
export async function drawDemoYear(warehouse: Warehouse, write: WriteEvents, now: Date): Promise<void> {
  const running = quarterOf(localDay(now));
  for (let back = QUARTERS; back >= 1; back--) {
    const quarter = neighbour(running, -back);
    const day = workday(`${quarter.slice(0, 4)}-${String(Number(quarter.slice(5)) * 3 - 1).padStart(2, '0')}-06`);
    const task: DemoTask = { id: `demo-${quarter}`, n: 20, ...FIELDS[back % FIELDS.length]! };
    const drawn = await drawDemoTask(warehouse, write, task, {
      ...{ at: `${day}T09:30:00+08:00`, visitsOn: workday(addDays(day, 7)) },
    });
    if (!drawn) continue;
    const [teams] = await readTeams(warehouse, { task: task.id });
    const areas = await areasOf(warehouse, teams!.visits);
    const events = teams!.visits.flatMap((visit) =>
      resultOf(task.id, visit, teams!.day, areas.get(visit.subject) ?? ''),
    );
    const { rejected } = await write(events);
    if (rejected[0]) throw new Error(rejected[0].detail);
  }
}

/** The visit, its result, and its publication, which a few still lack. */
function resultOf(task: string, { subject, inspectors }: VisitTeam, first: string, area: string): object[] {
  const lot = sha256(Buffer.from(`${task}/${subject}`));
  const done = workday(addDays(first, lot[0]! % 12));
  const entered = workday(addDays(done, lot[1]! % 5));
  const published = workday(addDays(entered, 3 + (lot[2]! % 12)));
  const codes = lot[3]! < 51 ? CODES[lot[4]! % CODES.length]! : ['1'];
  const told = (type: string, day: string, data: object) => ({
    ...{ specversion: '1.0', id: `${type}-${task}-${subject}`, source: '/hengjian/demo', type },
    ...{ time: `${day}T15:00:00+08:00`, department: 'scjg', subject, ...(area ? { region: area } : {}) },
    data: { task_id: task, ...data },
  });
  return [
    told('inspection.done', done, { inspectors }),
    told('result.entered', entered, { codes }),
    ...(lot[5]! < 236 ? [told('result.published', published, {})] : []),
  ];
}

async function areasOf(warehouse: Warehouse, visits: readonly VisitTeam[]): Promise<Map<string, string>> {
  const rows = await warehouse.query<{ subject: string; area: string }>(
    `SELECT subject, argMax(toString(region), (time, recorded_at, id)) AS area FROM events
     WHERE type = 'entity.registered' AND has({subjects:Array(String)}, subject) GROUP BY subject`,
    { subjects: visits.map(({ subject }) => subject) },
  );
  return new Map(rows.map(({ subject, area }) => [subject, area] as const));
}

/** The day, or the Monday after it. */
function workday(day: string): string {
  const nth = weekday(day);
  return nth === 6 ? addDays(day, 2) : nth === 0 ? addDays(day, 1) : day;
}
