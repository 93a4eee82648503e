import type { Warehouse } from '@hengjian/warehouse';
import {
  type AssignmentLists,
  drawTeams,
  type ReadLists,
  readLists,
  redrawPlace,
} from '../../assignment/assign-from-lists.ts';
import { type Adjustment, type AssignmentRecord, teamsHash } from '../../assignment/assignment-record.ts';
import type { RecusalGround } from '../../assignment/inspector.ts';
import type { WriteEvents } from '../../publication/write-events.ts';
import { DrawError } from '../draw-error.ts';
import { readAdjustments } from './adjustments.ts';
import { type Attempt, lastExecuted, stepId } from './attempts.ts';
import { DRAW_SOURCE } from './draw-source.ts';
import { libraryTable, readLibrary } from './library.ts';
import { noteRecusal, noteTeams } from './note-teams.ts';
import { readTeams } from './read-teams.ts';
import { recusalTable } from './recusal-table.ts';
import { repeatTaskDraw } from './run-task-draw.ts';
import { standingObjects } from './standing-objects.ts';
import { readStepDocuments } from './step-documents.ts';
import { barredInspectors } from './unfit-inspectors.ts';

const NAMES = { visits: '检查对象', inspectors: '执法检查人员名录库', recusals: '回避申报' };

export interface AssignmentWish {
  /** Day of the visits, YYYY-MM-DD: certificates must be valid then. */
  day: string;
  /** Of everybody who goes; '' where it does not matter. */
  specialty: string;
  /** At least two. */
  team: number;
  expert: boolean;
}

/**
 * Draws the inspectors of a task from the library in the log: entries, declared recusals and last time’s visits as they stand now,
 * which are kept with the result. Who was first entered after the commitment takes no part: once the seed is known, a number could be
 * sought whose lot is the wanted one.
 *
 * @throws DrawError where the task is not drawn, its inspectors are, or not every place can be filled
 */
export async function assignTask(
  warehouse: Warehouse,
  write: WriteEvents,
  taskId: string,
  wish: AssignmentWish,
): Promise<AssignmentRecord> {
  const drawn = await repeatTaskDraw(warehouse, taskId);
  const attempt = (await lastExecuted(warehouse, taskId))!;
  const standing = standingObjects(
    drawn.selected.map(({ id }) => id),
    await readAdjustments(warehouse, taskId, attempt.number),
  );
  const year = Number(wish.day.slice(0, 4));
  const frozen = await committedAt(warehouse, taskId, attempt);
  const lists: AssignmentLists = {
    visits: await visitTable(warehouse, attempt, [...standing].sort(), wish),
    inspectors: libraryTable(
      (await readLibrary(warehouse, { units: [attempt.department], year })).filter(
        (entry) => entry.known_since <= frozen,
      ),
    ),
    recusals: await recusalTable(warehouse, taskId, attempt.department, [...standing]),
  };
  const record = drawTeams(readLists(lists, NAMES, wish.day, drawn.seed));
  await noteTeams(warehouse, write, taskId, record, lists);
  return record;
}

/**
 * A recusal after the draw of the inspectors: only that place is drawn again, among those whom nothing known by now keeps from
 * who is visited: since the draw another firm may have stepped in, or somebody declared an interest.
 *
 * @throws DrawError where the teams were drawn from files, or nobody can take the place
 */
export async function recuseFromTask(
  warehouse: Warehouse,
  write: WriteEvents,
  taskId: string,
  change: Omit<Adjustment, 'to' | 'barred'>,
): Promise<Adjustment> {
  const { attempt, lists, adjustments } = await drawnTeams(warehouse, taskId);
  const [teams] = await readTeams(warehouse, { task: taskId });
  const visit = teams?.visits.find(({ drawnFor }) => drawnFor === change.subject);
  const visited = [visit?.subject ?? change.subject];
  const { inspectors, day } = lists.input;
  const kept = await barredInspectors(warehouse, { task: taskId, attempt, day, subjects: visited, inspectors });
  const barred = kept.map(({ inspector }) => inspector);
  const record = redrawPlace(lists, adjustments, { ...change, barred }, `task ${taskId}`);
  const adjustment = record.adjustments.at(-1)!;
  await noteRecusal(warehouse, write, taskId, adjustment);
  return adjustment;
}

/** When the commitment was recorded, as `known_since` has it. */
async function committedAt(warehouse: Warehouse, taskId: string, { number }: Attempt): Promise<string> {
  const [step] = await warehouse.query<{ at: string }>(
    'SELECT toString(min(e.recorded_at)) AS at FROM events AS e WHERE e.source = {source:String} AND e.id = {id:String}',
    { source: DRAW_SOURCE, id: stepId(taskId, number, 'committed') },
  );
  return step!.at;
}

interface TeamsDocument {
  attempt: number;
  day: string;
  inputs?: AssignmentLists;
  result_hash: string;
}

/** The lists that a task’s teams were drawn from, repeated, with all changes since. */
async function drawnTeams(
  warehouse: Warehouse,
  taskId: string,
): Promise<{ attempt: Attempt; lists: ReadLists; adjustments: Adjustment[] }> {
  const attempt = await lastExecuted(warehouse, taskId);
  if (!attempt?.executed) throw new DrawError(`Task ${taskId} is not drawn yet.`);
  const documents = await readStepDocuments(warehouse, ['draw.inspectors_executed'], taskId);
  const read = documents
    .map(({ data }) => JSON.parse(data) as TeamsDocument)
    .find((teams) => teams.attempt === attempt.number);
  if (!read?.inputs)
    throw new DrawError(
      `The teams of task ${taskId} ${read ? 'were drawn from files; `draw recuse` takes those' : 'are not drawn yet'}.`,
      { reason: read ? 'teams_from_files' : 'teams_missing', values: { task: taskId } },
    );
  const lists = readLists(read.inputs, NAMES, read.day, attempt.executed.seed);
  if (teamsHash(drawTeams(lists).teams) !== read.result_hash)
    throw new DrawError(`The teams of task ${taskId} do not follow from its seed and lists: one of them was changed.`);
  const notes = await readAdjustments(warehouse, taskId, attempt.number);
  const adjustments = notes.flatMap(({ subject, from, to, ground, barred, reason, approver }) =>
    subject === undefined ? [] : [{ subject, from, to, ground: ground as RecusalGround, barred, reason, approver }],
  );
  return { attempt, lists, adjustments };
}

async function visitTable(
  warehouse: Warehouse,
  { frameId }: Attempt,
  subjects: readonly string[],
  { specialty, team, expert }: AssignmentWish,
): Promise<string> {
  const rows = await warehouse.query<{ id: string; area: string }>(
    `SELECT id, splitByChar('\\t', line)[2] AS area FROM draw_frames
     WHERE frame_id = {frame:String} AND has({subjects:Array(String)}, id) ORDER BY id`,
    { frame: frameId, subjects },
  );
  const lines = rows.map(({ id, area }) => `${id}\t${area}\t${specialty}\t${team}\t${expert ? '是' : '否'}\n`);
  return `id\tarea\tspecialty\tteam\texpert\n${lines.join('')}`;
}
