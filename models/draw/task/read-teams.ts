import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { DRAW_SOURCE } from './draw-source.ts';

/** The team of one visit as it stands. */
export interface VisitTeam {
  /** Who is visited now. */
  subject: string;
  /** Who was drawn first, if somebody of the reserve stepped in: the team was drawn for that one. */
  drawnFor: string;
  inspectors: string[];
}

export interface TaskTeams {
  task: string;
  attempt: number;
  department: string;
  /** Day of the visits, YYYY-MM-DD. */
  day: string;
  visits: VisitTeam[];
}

interface Row {
  type: string;
  department: string;
  facts: string;
}

interface Data {
  task_id: string;
  attempt: number;
  number?: number;
  day?: string;
  subject?: string;
  from: string;
  to: string;
  pairs: { subject: string; inspectors: string[] }[];
}

/**
 * The teams of tasks, with every change since, of each task’s last draw.
 *
 * @param task only this one; `departments` only theirs
 */
export async function readTeams(
  warehouse: Warehouse,
  { task = '', departments = 'all' }: { task?: string; departments?: readonly string[] | 'all' },
): Promise<TaskTeams[]> {
  const rows = await warehouse.query<Row>(
    `SELECT type, CAST(department AS String) AS department, facts FROM ${READABLE_EVENTS} AS e
     WHERE type IN ('draw.objects_executed', 'draw.inspectors_executed', 'draw.adjusted') AND source = {source:String}
       AND ({task:String} = '' OR JSONExtractString(facts, 'task_id') = {task:String})
       AND ({all:Bool} OR has({departments:Array(String)}, toString(department)))`,
    { source: DRAW_SOURCE, task, all: departments === 'all', departments: departments === 'all' ? [] : departments },
  );
  const events = rows.map(({ type, department, facts }) => ({ type, department, data: JSON.parse(facts) as Data }));
  const last = new Map<string, number>();
  for (const { type, data } of events)
    if (type === 'draw.objects_executed') last.set(data.task_id, Math.max(data.attempt, last.get(data.task_id) ?? 0));
  return events
    .filter(({ type, data }) => type === 'draw.inspectors_executed' && last.get(data.task_id) === data.attempt)
    .map(({ department, data }) => {
      const changes = events
        .filter((event) => event.type === 'draw.adjusted' && event.data.task_id === data.task_id)
        .map((event) => event.data)
        .filter(({ attempt }) => attempt === data.attempt)
        .sort((a, b) => a.number! - b.number!);
      return {
        task: data.task_id,
        attempt: data.attempt,
        department,
        day: data.day!,
        visits: data.pairs.map((pair) => standing(pair, changes)),
      };
    });
}

function standing({ subject, inspectors }: Data['pairs'][number], changes: readonly Data[]): VisitTeam {
  const team = { subject, drawnFor: subject, inspectors: [...inspectors] };
  for (const change of changes)
    if (change.subject === undefined) {
      if (team.subject === change.from) team.subject = change.to;
    } else if (change.subject === subject)
      team.inspectors = team.inspectors.map((id) => (id === change.from ? change.to : id));
  return team;
}
