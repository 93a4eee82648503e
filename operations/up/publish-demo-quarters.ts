/**
 * The demo's past quarters as an office leaves them: draft shown, an objection answered, published, the last of them corrected, with its
 * circular issued. The newest finished quarter is left to whoever looks: its draft shown, its objection open.
 */

import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { fullRights } from '@hengjian/contract/write-rights.ts';
import { CircularActs } from '@hengjian/dashboard/acts/circular-acts.ts';
import { closeQuarter, correctQuarter, latestOf, loadProject, readChain } from '@hengjian/models';
import { addDays } from '@hengjian/models/calendar/day.ts';
import { parsePeriod } from '@hengjian/models/calendar/period.ts';
import { answerObjection, fileObjection, showDraft } from '@hengjian/models/objections/act-on-objections.ts';
import { readDraftWindow, readObjections } from '@hengjian/models/objections/read-objections.ts';
import { readCirculars } from '@hengjian/models/publication/circulars.ts';
import type { Publisher } from '@hengjian/models/publication/publish.ts';
import { cutoffOf } from '@hengjian/models/runner/quarter-scope.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';

/** So many at most: the newest, and before it a year's. */
const QUARTERS = 5;
const OFFICE: Scope = { account: 'demo', roles: ['office'], units: 'all', areas: 'all' };

export interface DemoQuarters {
  environment: Pick<Environment, 'dataDir' | 'ruleset'>;
  warehouse: Warehouse;
  writer: Pick<EventWriter, 'write'>;
  /** Nothing is begun any more. */
  signal: AbortSignal;
  now?: Date;
}

interface LostRow {
  unit: string;
  key: string;
  subject: string;
  due: string;
}

/** Steps that were taken already are not taken again. What units and the office said bears the days on which they would have said it. */
export async function publishDemoQuarters(demo: DemoQuarters): Promise<void> {
  const { environment, warehouse, writer, signal, now = new Date() } = demo;
  const project = loadProject(environment);
  const publisher: Publisher = {
    ...{ warehouse, project, by: OFFICE.account, now },
    write: (events) => writer.write(events, fullRights('demo')),
  };
  const quarters = await finishedQuarters(publisher, now);
  for (const quarter of quarters) {
    if (signal.aborted) return;
    if (await latest(publisher, quarter)) continue;
    await contest(publisher, quarter, now);
    if (quarter === quarters.at(-1)) break;
    await answer(publisher, quarter);
    if (!signal.aborted) await closeQuarter(publisher, quarter);
  }
  const last = quarters.at(-2);
  if (!signal.aborted && last) await correct(publisher, last);
  if (!signal.aborted && last) await issueCircular(demo, publisher, last);
}

const latest = async ({ warehouse, project }: Publisher, quarter: string) =>
  latestOf(await readChain(warehouse), project.ruleSet.id, quarter);

/** Those in which units did something and whose last day that counts is over, oldest first. */
async function finishedQuarters({ warehouse, project }: Publisher, now: Date): Promise<string[]> {
  const rows = await warehouse.query<{ quarter: string }>(
    `SELECT DISTINCT quarter FROM shown_lost_points WHERE ruleset = {ruleset:String} AND item = 'claim' ORDER BY quarter`,
    { ruleset: project.ruleSet.id },
  );
  return rows
    .map(({ quarter }) => parsePeriod(quarter)!)
    .filter((period) => period.type === 'quarter' && moment(shownOn(project, period.id), 9) < now)
    .map(({ id }) => id)
    .slice(-QUARTERS);
}

/** The day after the last one that counts. */
function shownOn(project: Publisher['project'], quarter: string): string {
  const period = parsePeriod(quarter)!;
  // While its quarter runs a cut-off may not be known yet; a month after its end it is over.
  return addDays(cutoffOf(period, project, new Date())?.slice(0, 10) ?? addDays(period.end, 31), 1);
}

const moment = (day: string, hour: number): Date => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`);

/** The draft is shown, and a unit objects to a push that it is said not to have claimed. */
async function contest(publisher: Publisher, quarter: string, now: Date): Promise<void> {
  const { warehouse, project } = publisher;
  const day = shownOn(project, quarter);
  if (!(await readDraftWindow(warehouse, project, quarter)))
    await showDraft({ ...publisher, now: moment(day, 9) }, quarter);
  const filedAt = moment(addDays(day, 1), 10);
  const row = await unclaimed(publisher, quarter);
  if (!row || filedAt > now || (await readObjections(warehouse, project, quarter)).length > 0) return;
  const filing = {
    ...{ quarter, unit: row.unit, item: 'claim', rows: [{ kind: 'unclaimed', key: row.key }] },
    grounds: '该主体已在省平台认领，数据同步延迟（示例）。',
  };
  await fileObjection({ ...publisher, now: filedAt }, filing, [row.unit]);
}

async function answer(publisher: Publisher, quarter: string): Promise<void> {
  const { warehouse, project } = publisher;
  const now = moment(addDays(shownOn(project, quarter), 3), 15);
  for (const { objectionId, state } of await readObjections(warehouse, project, quarter))
    if (state === 'open')
      await answerObjection(
        { ...publisher, now },
        objectionId,
        'upheld',
        '经核实，平台同步延迟属实，待认领记录补录后更正（示例）。',
      );
}

/** The claim that the objection was about reaches the log after all. */
async function correct(publisher: Publisher, quarter: string): Promise<void> {
  const row = await unclaimed(publisher, quarter);
  if (!row || (await latest(publisher, quarter))?.record.number !== 1) return;
  const claimed = {
    ...{ specversion: '1.0', id: `claimed-late-${quarter}`, source: '/hengjian/demo', type: 'push.claimed' },
    ...{ time: `${row.due}T10:00:00+08:00`, department: row.unit, subject: row.subject, data: { push_id: row.key } },
  };
  const { rejected } = await publisher.write([claimed]);
  if (rejected[0]) throw new Error(rejected[0].detail);
  await correctQuarter(publisher, quarter, '异议成立，补录平台认领记录（示例）');
}

async function issueCircular(
  { warehouse, writer }: DemoQuarters,
  publisher: Publisher,
  quarter: string,
): Promise<void> {
  const publication = await latest(publisher, quarter);
  if (!publication || (await readCirculars(warehouse, publication)).issued.length > 0) return;
  const acts = new CircularActs({ reader: warehouse, writer, project: () => publisher.project });
  await acts.issue(OFFICE, { ruleset: publisher.project.ruleSet.id, quarter }, 'pdf');
}

/** A row that the objection of the quarter is about: of the unit that lost most. */
async function unclaimed({ warehouse, project }: Publisher, quarter: string): Promise<LostRow | undefined> {
  const [row] = await warehouse.query<LostRow>(
    `SELECT unit, key, subject, toString(due) AS due FROM shown_lost_points
     WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND item = 'claim' AND kind = 'unclaimed' AND due IS NOT NULL
     ORDER BY count() OVER (PARTITION BY unit) DESC, unit, key LIMIT 1`,
    { ruleset: project.ruleSet.id, quarter },
  );
  return row;
}
