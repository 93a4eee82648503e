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
  task: string;
  attempt: number;
  /** Of teams and changes. */
  content: string;
}

interface Data {
  number?: number;
  day?: string;
  subject?: string;
  from: string;
  to: string;
  pairs: { subject: string; inspectors: string[] }[];
}

/**
 * The teams of tasks, with every change since, of each task’s last draw, whichever department made that.
 *
 * @param task only this one; `departments` only theirs
 */
export async function readTeams(
  warehouse: Warehouse,
  { task = '', departments = 'all' }: { task?: string; departments?: readonly string[] | 'all' },
): Promise<TaskTeams[]> {
  const rows = await warehouse.query<Row>(
    `SELECT type, CAST(department AS String) AS department, JSONExtractString(facts, 'task_id') AS task,
       toUInt32(JSONExtractUInt(facts, 'attempt')) AS attempt, if(type = 'draw.objects_executed', '', facts) AS content
     FROM ${READABLE_EVENTS} AS e
     WHERE type IN ('draw.objects_executed', 'draw.inspectors_executed', 'draw.adjusted') AND source = {source:String}
       AND ({task:String} = '' OR JSONExtractString(facts, 'task_id') = {task:String})
       AND (type = 'draw.objects_executed' OR {all:Bool} OR has({departments:Array(String)}, toString(department)))`,
    { source: DRAW_SOURCE, task, all: departments === 'all', departments: departments === 'all' ? [] : departments },
  );
  const last = new Map<string, number>();
  for (const { type, task, attempt } of rows)
    if (type === 'draw.objects_executed') last.set(task, Math.max(attempt, last.get(task) ?? 0));
  const events = rows
    .filter(({ task, attempt, content }) => content !== '' && last.get(task) === attempt)
    .map(({ content, ...row }) => ({ ...row, data: JSON.parse(content) as Data }));
  const changes = Map.groupBy(
    events.filter(({ type }) => type === 'draw.adjusted'),
    ({ task }) => task,
  );
  return events
    .filter(({ type }) => type === 'draw.inspectors_executed')
    .map(({ task, attempt, department, data }) => {
      const own = (changes.get(task) ?? []).map((event) => event.data).sort((a, b) => a.number! - b.number!);
      const visits = data.pairs.map((pair) => standing(pair, own));
      return { task, attempt, department, day: data.day ?? '', visits };
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
