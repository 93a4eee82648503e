/** What departments and the office do about a draft; the checks are the same for commands and forms. */
import { randomBytes } from 'node:crypto';
import { OFFICE_UNIT } from '@hengjian/contract/office-unit.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { nullWithoutNotice } from '../calendar/null-without-notice.ts';
import { momentOf } from '../publication/moment.ts';
import { publishablePeriod } from '../publication/publishable-period.ts';
import { latestOf, readChain } from '../publication/read-chain.ts';
import { RefusedAct } from '../publication/refused-act.ts';
import type { WriteEvents } from '../publication/write-events.ts';
import { ruleSetOn } from '../ruleset/rule-set.ts';
import { localNow } from '../runner/local-now.ts';
import type { Project } from '../runner/project.ts';
import { localDay } from '../runner/quarter-scope.ts';
import { periodOrError } from '../scoring/score-quarter.ts';
import { OBJECTION_SOURCE, readObjectionEvents } from './objection-events.ts';
import { answerUntil } from './objection-window.ts';
import {
  type DraftWindow,
  draftWindowOf,
  type Objection,
  type Outcome,
  readAllObjections,
  readUnitWindow,
  windowFrom,
} from './read-objections.ts';

export interface Acting {
  warehouse: Warehouse;
  project: Project;
  write: WriteEvents;
  now?: Date;
}

export const OUTCOMES: readonly Outcome[] = ['upheld', 'rejected', 'partly'];

/**
 * Opens the window: from now on departments may object.
 *
 * @throws RefusedAct for a period that is published, not over, or none of the rule set; CalendarError where the window would end in a year without a notice
 */
export async function showDraft(acting: Acting, id: string): Promise<DraftWindow> {
  const { warehouse, project, now = new Date() } = acting;
  const quarter = publishablePeriod(project.ruleSet, id);
  const shownOn = localDay(now);
  if (shownOn <= quarter.end)
    throw new RefusedAct(
      'quarter_runs',
      { quarter: id, until: quarter.end },
      `${id} runs until ${quarter.end}; its draft can be shown from the day after.`,
    );
  const published = latestOf(await readChain(warehouse), project.ruleSet.id, id);
  if (published)
    throw new RefusedAct(
      'published_already',
      {
        quarter: id,
        number: published.record.number,
        at: published.record.published_at,
        by: published.record.by,
      },
      `${id} is published already (${published.record.published_at}); a published quarter is corrected, not drafted again.`,
    );
  const events = await readObjectionEvents(warehouse);
  // Before anything is written: a window whose end no calendar tells is not opened.
  const window = windowFrom(events, project, id, shownOn);
  const before = nullWithoutNotice(() => draftWindowOf(events, project, id));
  if (before?.shownOn === shownOn) return before;
  await send(acting, 'draft.shown', `draft-${id}-${shownOn}-${project.ruleSet.id}`.slice(0, 64), OFFICE_UNIT, {
    quarter: id,
    shown_on: shownOn,
    ruleset: project.ruleSet.id,
  });
  return window;
}

export interface Filed {
  objectionId: string;
  /** YYYY-MM-DD; null where a year without a holiday notice decides it. */
  answerUntil: string | null;
}

export interface Filing {
  quarter: string;
  unit: string;
  item: string;
  grounds: string;
  /** The lost rows it is about; none: the item as a whole. */
  rows?: readonly { kind: string; key: string }[];
}

/**
 * @param onBehalfOf the units of the account; `all` for the person at the command line, who holds the data directory
 * @throws RefusedAct where the window is closed or not open yet, or the filing names what is not the unit's
 */
export async function fileObjection(
  acting: Acting,
  filing: Filing,
  onBehalfOf: readonly string[] | 'all',
): Promise<Filed> {
  const { warehouse, project, now = new Date() } = acting;
  const { unit, item, grounds, rows = [] } = filing;
  const { id: quarter, end } = periodOrError(filing.quarter);
  const window = await readUnitWindow(warehouse, project, quarter, unit);
  const ended = window
    ? ` The window for objections ${localDay(now) > window.until ? 'ended' : 'ends'} on ${window.until}.`
    : '';
  if (onBehalfOf !== 'all' && !onBehalfOf.includes(unit))
    throw new RefusedAct(
      'not_own_unit',
      { unit },
      `A department objects to its own score only, not to that of ${unit}.${ended}`,
    );
  if (!ruleSetOn(project.ruleSet, end).data.units.some((known) => known.id === unit))
    throw new RefusedAct(
      'unknown_unit',
      { unit },
      `There is no unit ${JSON.stringify(unit)} in the rule set ${project.ruleSet.id}.`,
    );
  if (grounds.trim() === '') throw new RefusedAct('grounds_missing', {}, 'An objection needs its grounds.');
  if (!window)
    throw new RefusedAct(
      'draft_not_shown',
      { quarter },
      `The draft of ${quarter} was not shown yet, so no window is open; \`hengjian draft show ${quarter}\` opens it.`,
    );
  if (localDay(now) > window.until)
    throw new RefusedAct(
      'window_ended',
      { quarter, until: window.until, shown: window.shownOn },
      `Objections to ${quarter} can no longer be filed: the window for ${unit} ended on ${window.until} (draft shown on ${window.shownOn}).`,
    );
  await refuseUnknownRows(warehouse, project.ruleSet.id, quarter, filing, rows);
  const objectionId = `${quarter}-${unit}-${item}-${randomBytes(3).toString('hex')}`;
  await send(acting, 'score_objection.filed', `filed-${objectionId}`, unit, {
    objection_id: objectionId,
    quarter,
    unit,
    item,
    ...(rows.length > 0 ? { rows } : {}),
    grounds,
    ruleset: project.ruleSet.id,
  });
  return { objectionId, answerUntil: nullWithoutNotice(() => answerUntil(project, localDay(now))) };
}

async function refuseUnknownRows(
  warehouse: Warehouse,
  ruleset: string,
  quarter: string,
  { unit, item }: Filing,
  rows: readonly { kind: string; key: string }[],
): Promise<void> {
  const items = await warehouse.query<{ item: string }>(
    'SELECT item FROM shown_item_scores WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND unit = {unit:String} ORDER BY ord',
    { ruleset, quarter, unit },
  );
  if (!items.some((known) => known.item === item))
    throw new RefusedAct(
      'unknown_item',
      { unit, item },
      `${unit} has no item ${JSON.stringify(item)} in ${quarter}; it has ${items.map((known) => known.item).join(', ') || 'none: refresh first'}.`,
    );
  for (const { kind, key } of rows) {
    const [found] = await warehouse.query(
      `SELECT 1 AS found FROM shown_lost_points
       WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND unit = {unit:String} AND item = {item:String} AND kind = {kind:String} AND key = {key:String} LIMIT 1`,
      { ruleset, quarter, unit, item, kind, key },
    );
    if (!found)
      throw new RefusedAct(
        'unknown_row',
        { kind, key },
        `No lost row of ${unit} ${item} in ${quarter} has the kind ${JSON.stringify(kind)} and the key ${JSON.stringify(key)}; \`hengjian explain ${quarter} ${unit} ${item}\` lists them.`,
      );
  }
}

/** @throws RefusedAct for an unknown, withdrawn or answered objection, or an outcome that is none */
export async function answerObjection(
  acting: Acting,
  objectionId: string,
  outcome: string,
  reason: string,
): Promise<Objection & { inTime: boolean }> {
  const { now = new Date() } = acting;
  const objection = await openObjection(acting, objectionId);
  if (!OUTCOMES.includes(outcome as Outcome))
    throw new RefusedAct(
      'unknown_outcome',
      { outcome },
      `${JSON.stringify(outcome)} is no outcome; it is one of ${OUTCOMES.join(', ')}.`,
    );
  if (reason.trim() === '') throw new RefusedAct('answer_reason', {}, 'An answer needs its reason.');
  await send(acting, 'score_objection.answered', `answered-${objectionId}`, OFFICE_UNIT, {
    objection_id: objectionId,
    outcome,
    reason,
  });
  return {
    ...objection,
    state: 'answered',
    inTime: objection.answerUntil === null || localDay(now) <= objection.answerUntil,
  };
}

/** @throws RefusedAct for an unknown, withdrawn or answered objection, or one of another unit */
export async function withdrawObjection(
  acting: Acting,
  objectionId: string,
  onBehalfOf: readonly string[] | 'all',
): Promise<Objection> {
  const objection = await openObjection(acting, objectionId);
  if (onBehalfOf !== 'all' && !onBehalfOf.includes(objection.unit))
    throw new RefusedAct(
      'not_own_unit',
      { unit: objection.unit },
      `The objection ${objectionId} is of ${objection.unit}, which alone may withdraw it.`,
    );
  await send(acting, 'score_objection.withdrawn', `withdrawn-${objectionId}`, objection.unit, {
    objection_id: objectionId,
  });
  return { ...objection, state: 'withdrawn' };
}

async function openObjection({ warehouse, project }: Acting, objectionId: string): Promise<Objection> {
  const objection = (await readAllObjections(warehouse, project)).find((one) => one.objectionId === objectionId);
  if (!objection)
    throw new RefusedAct(
      'unknown_objection',
      { id: objectionId },
      `There is no objection ${JSON.stringify(objectionId)}; \`hengjian objection list\` lists them.`,
    );
  if (objection.state === 'open') return objection;
  const why = {
    answered: `was answered on ${objection.answeredAt?.slice(0, 10)} (${objection.outcome})`,
    withdrawn: 'was withdrawn',
    late: 'was filed after the window had ended and obliges nobody',
    foreign: 'was not filed by the unit itself and obliges nobody',
  }[objection.state];
  throw new RefusedAct(
    'objection_not_open',
    { id: objectionId, state: objection.state },
    `The objection ${objectionId} ${why}.`,
  );
}

async function send(acting: Acting, type: string, id: string, department: string, data: object): Promise<void> {
  const event = {
    specversion: '1.0',
    id,
    source: OBJECTION_SOURCE,
    type,
    time: momentOf(localNow(acting.now)),
    department,
    data,
  };
  const { rejected, duplicate } = await acting.write([event]);
  if (rejected[0])
    throw new RefusedAct(
      'event_refused',
      { reason: rejected[0].reason, detail: rejected[0].detail },
      `The event was refused (${rejected[0].reason}): ${rejected[0].detail}`,
    );
  if (duplicate)
    throw new RefusedAct('at_the_same_moment', {}, 'Somebody else did the same at the same moment; look at the list.');
}
