import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { type LibraryEntry, readLibrary } from '../../draw/task/library.ts';
import { LIVE } from '../../draw/task/live-events.ts';
import { readTeams } from '../../draw/task/read-teams.ts';
import { NOW } from './draw-scope.ts';

/** A visit that was drawn for the person who asks. */
export interface OwnVisit {
  task: string;
  title: string;
  matters: string[];
  department: string;
  /** Planned day, YYYY-MM-DD. */
  day: string;
  subject: string;
  name: string;
  area: string;
  address: string;
  /** Entries of the whole team, oneself included. */
  team: Pick<LibraryEntry, 'id' | 'name' | 'certificate'>[];
  /** Entry under which the person was drawn. */
  self: string;
  done_on: string;
  entered_on: string;
  codes: string[];
  published_on: string;
}

/** The visits drawn for the account, and for nobody else’s: entries of the library name the account they belong to. */
export async function ownVisits(warehouse: Warehouse, scope: Scope, year: number): Promise<OwnVisit[]> {
  if (!may(scope, 'own_tasks')) return [];
  const library = await readLibrary(warehouse, { units: scope.units, year });
  const own = library.filter(({ account }) => account !== '' && account === scope.account);
  if (own.length === 0) return [];
  const teams = await readTeams(warehouse, { departments: [...new Set(own.map(({ unit }) => unit))] });
  const visits = teams.flatMap(({ task, department, day, visits }) =>
    visits.flatMap(({ subject, inspectors }) => {
      const self = own.find(({ unit, id }) => unit === department && inspectors.includes(id));
      return self ? [{ task, department, day, subject, inspectors, self: self.id }] : [];
    }),
  );
  if (visits.length === 0) return [];
  const subjects = await describeSubjects(warehouse, [...new Set(visits.map(({ subject }) => subject))]);
  const tasks = await describeTasks(warehouse, [...new Set(visits.map(({ task }) => task))]);
  const results = await readResults(warehouse, [...new Set(visits.map(({ task }) => task))]);
  return visits
    .map(({ inspectors, ...visit }) => ({
      ...visit,
      ...{ title: '', matters: [], ...tasks.get(visit.task) },
      ...{ name: '', area: '', address: '', ...subjects.get(visit.subject) },
      ...{
        done_on: '',
        entered_on: '',
        codes: [],
        published_on: '',
        ...results.get(`${visit.task}\t${visit.subject}`),
      },
      team: inspectors.map((id) => {
        const entry = library.find((candidate) => candidate.unit === visit.department && candidate.id === id);
        return { id, name: entry?.name ?? id, certificate: entry?.certificate ?? '' };
      }),
    }))
    .sort((a, b) => (a.day === b.day ? (a.subject < b.subject ? -1 : 1) : a.day < b.day ? 1 : -1));
}

async function describeSubjects(warehouse: Warehouse, subjects: readonly string[]) {
  const rows = await warehouse.query<{ subject: string; name: string; area: string; address: string }>(
    `WITH ${LIVE} SELECT subject, argMax((JSONExtractString(facts, 'name'), toString(region), JSONExtractString(facts, 'address')), (time, recorded_at, id)) AS last,
       last.1 AS name, last.2 AS area, last.3 AS address
     FROM live WHERE type = 'entity.registered' AND has({subjects:Array(String)}, subject) GROUP BY subject`,
    { ...NOW, subjects },
  );
  return new Map(rows.map(({ subject, name, area, address }) => [subject, { name, area, address }] as const));
}

async function describeTasks(warehouse: Warehouse, tasks: readonly string[]) {
  const rows = await warehouse.query<{ task: string; title: string; matters: string[] }>(
    `WITH ${LIVE} SELECT JSONExtractString(facts, 'task_id') AS task, argMax(JSONExtractString(facts, 'title'), (time, recorded_at, id)) AS title,
       argMax(JSONExtract(facts, 'matters', 'Array(String)'), (time, recorded_at, id)) AS matters
     FROM live WHERE type = 'task.created' AND has({tasks:Array(String)}, task) GROUP BY task`,
    { ...NOW, tasks },
  );
  return new Map(rows.map(({ task, title, matters }) => [task, { title, matters }] as const));
}

async function readResults(warehouse: Warehouse, tasks: readonly string[]) {
  const rows = await warehouse.query<{
    key: string;
    done_on: string;
    entered_on: string;
    codes: string[];
    published_on: string;
  }>(
    `WITH ${LIVE},
     results AS (SELECT *, JSONExtractString(facts, 'task_id') AS task, toDate(time, 'Asia/Shanghai') AS day FROM live
       WHERE type IN ('inspection.done', 'result.entered', 'result.published') AND has({tasks:Array(String)}, task))
     SELECT concat(task, '\\t', subject) AS key,
       if(countIf(type = 'inspection.done') = 0, '', toString(minIf(day, type = 'inspection.done'))) AS done_on,
       if(countIf(type = 'result.entered') = 0, '', toString(minIf(day, type = 'result.entered'))) AS entered_on,
       argMaxIf(JSONExtract(facts, 'codes', 'Array(String)'), (time, recorded_at, id), type = 'result.entered') AS codes,
       if(countIf(type = 'result.published') = 0, '', toString(minIf(day, type = 'result.published'))) AS published_on
     FROM results GROUP BY task, subject`,
    { ...NOW, tasks },
  );
  return new Map(rows.map(({ key, ...result }) => [key, result] as const));
}
