import type { Warehouse } from '@hengjian/warehouse';
import { type Ineligibility, ineligibility, recusalKey } from '../../assignment/ineligibility.ts';
import type { Inspector } from '../../assignment/inspector.ts';
import { readInspectors, readRecusals } from '../../assignment/read-library.ts';
import type { Attempt } from './attempts.ts';
import { libraryTable, readLibrary } from './library.ts';
import type { TaskTeams, VisitTeam } from './read-teams.ts';
import { recusalTable } from './recusal-table.ts';

export interface UnfitInspector {
  /** Who is visited now. */
  subject: string;
  inspector: string;
  why: Ineligibility;
}

/**
 * Members of teams who may not visit the firm that stepped in: they were judged for the one that was drawn first. Their places
 * are to be drawn again, one by one, by a recusal.
 */
export async function unfitInspectors(
  warehouse: Warehouse,
  attempt: Attempt,
  { task, day }: Pick<TaskTeams, 'task' | 'day'>,
  visits: readonly VisitTeam[],
): Promise<UnfitInspector[]> {
  const changed = visits.filter(({ subject, drawnFor }) => subject !== drawnFor);
  if (changed.length === 0) return [];
  const members = new Set(changed.flatMap(({ inspectors }) => inspectors));
  const entries = await readLibrary(warehouse, { units: [attempt.department], year: Number(day.slice(0, 4)) });
  const inspectors = readInspectors(libraryTable(entries), 'library').filter(({ id }) => members.has(id));
  const subjects = changed.map(({ subject }) => subject);
  const barred = await barredInspectors(warehouse, { task, attempt, day, subjects, inspectors });
  return barred.filter(({ subject, inspector }) =>
    changed.some((visit) => visit.subject === subject && visit.inspectors.includes(inspector)),
  );
}

/** Inspectors whom their areas, a declared interest or the last visit keep from subjects of the frame, as the log has it now. */
export async function barredInspectors(
  warehouse: Warehouse,
  {
    task,
    attempt,
    day,
    subjects,
    inspectors,
  }: {
    task: string;
    attempt: Attempt;
    day: string;
    subjects: readonly string[];
    inspectors: readonly Inspector[];
  },
): Promise<UnfitInspector[]> {
  const recusals = readRecusals(await recusalTable(warehouse, task, attempt.department, subjects), 'recusals');
  const recused = new Map(
    recusals.map(({ subject, inspector, ground }) => [recusalKey(subject, inspector), ground] as const),
  );
  const rows = await warehouse.query<{ id: string; area: string }>(
    `SELECT id, splitByChar('\\t', line)[2] AS area FROM draw_frames
     WHERE frame_id = {frame:String} AND has({subjects:Array(String)}, id) ORDER BY id`,
    { frame: attempt.frameId, subjects },
  );
  return rows.flatMap(({ id: subject, area }) =>
    inspectors.flatMap((inspector) => {
      // Only what depends on who is visited: the rest was judged when the teams were drawn.
      const person = { ...inspector, active: true, certificate: '-', validUntil: day, specialties: [] };
      const why = ineligibility(person, { subject, area, specialty: '', team: 2, expert: false }, day, recused);
      return why ? [{ subject, inspector: inspector.id, why }] : [];
    }),
  );
}
