/** Teams from the lists as they stand in files or in the log: their bytes are hashed, so that nobody is added afterwards. */
import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';
import { DrawError } from '../draw/draw-error.ts';
import { holdDecided } from '../draw/hold-decided.ts';
import { sha256 } from '../draw/sha256.ts';
import { type AssignmentInput, assignInspectors } from './assign-inspectors.ts';
import { type Adjustment, type AssignmentRecord, teamsHash } from './assignment-record.ts';
import { readInspectors, readRecusals, readVisits } from './read-library.ts';
import { loadsOf, replaceInspector } from './replace-inspector.ts';

/** The three lists as TSV (read-library.ts says which columns). */
export interface AssignmentLists {
  visits: string;
  inspectors: string;
  recusals: string | undefined;
}

/** How a message calls each list. */
export type ListNames = { [List in keyof AssignmentLists]: string };

type Hashes = Pick<AssignmentRecord, 'visits' | 'inspectors' | 'recusals'>;

export interface ReadLists {
  input: AssignmentInput;
  hashes: Hashes;
}

/**
 * @param day of the visits, YYYY-MM-DD
 * @param seed of the draw, hex
 * @throws DrawError for a day or a list that cannot be read
 */
export function readLists(lists: AssignmentLists, names: ListNames, day: string, seed: string): ReadLists {
  if (!isCalendarDay(day))
    throw new DrawError(`The day “${day}” must be a day of the calendar, YYYY-MM-DD.`, {
      reason: 'day_form',
      values: { day },
    });
  const { visits, inspectors, recusals } = lists;
  const input: AssignmentInput = {
    visits: readVisits(visits, names.visits),
    inspectors: readInspectors(inspectors, names.inspectors),
    recusals: recusals === undefined ? [] : readRecusals(recusals, names.recusals),
    day,
    seed: Buffer.from(seed, 'hex'),
  };
  const hashed = (text: string, rows: readonly unknown[]) => ({
    rows: rows.length,
    sha256: sha256(Buffer.from(text)).toString('hex'),
  });
  return {
    input,
    hashes: {
      visits: hashed(visits, input.visits),
      inspectors: hashed(inspectors, input.inspectors),
      recusals: recusals === undefined ? null : hashed(recusals, input.recusals),
    },
  };
}

/** @throws DrawError that names the violating set where not every place can be filled */
export function drawTeams({ input, hashes }: ReadLists): AssignmentRecord {
  return recordOf(input, hashes, assignInspectors(input), []);
}

/**
 * A recusal after the draw: what was drawn is repeated first, with all earlier changes, then one place is drawn again.
 *
 * @param name of the record, for messages
 * @throws DrawError if the lists are not those of the record, or its teams do not follow from them
 */
export function recuseFromTeams(
  before: Pick<AssignmentRecord, keyof Hashes | 'teams' | 'adjustments' | 'result_hash'>,
  { input, hashes }: ReadLists,
  change: Omit<Adjustment, 'to'>,
  name: string,
): AssignmentRecord {
  for (const member of ['visits', 'inspectors', 'recusals'] as const)
    if (hashes[member]?.sha256 !== before[member]?.sha256)
      throw new DrawError(`The file of ${member} is not the one that ${name} was drawn from; give that file.`);
  const { teams } = replayTeams(input, before.adjustments, name);
  if (teamsHash(teams) !== before.result_hash || teamsHash(before.teams) !== before.result_hash)
    throw new DrawError(
      `The teams of ${name} do not follow from its seed and files; take the record as it was written.`,
    );
  return redrawPlace({ input, hashes }, before.adjustments, change, name);
}

/** One place more is drawn again, after all earlier changes. @throws DrawError as `recuseFromTeams` does */
export function redrawPlace(
  { input, hashes }: ReadLists,
  adjustments: readonly Adjustment[],
  change: Omit<Adjustment, 'to'>,
  name: string,
): AssignmentRecord {
  holdDecided(change);
  const { teams, noted } = replayTeams(input, adjustments, name);
  const next = replaceInspector(teams, noted, change);
  return recordOf(input, hashes, next.teams, [...adjustments, next.adjustment]);
}

/** The teams as drawn, and every change in its order. @throws DrawError where a change was not by lot */
export function replayTeams(
  input: AssignmentInput,
  adjustments: readonly Adjustment[],
  name: string,
): { teams: AssignmentRecord['teams']; noted: AssignmentInput } {
  const recusals = [...input.recusals];
  const noted = { ...input, recusals };
  let teams = assignInspectors(input);
  for (const { to, ...adjustment } of adjustments) {
    const replaced = replaceInspector(teams, noted, adjustment);
    if (replaced.adjustment.to !== to)
      throw new DrawError(
        `${name} says that ${to} took the place of ${adjustment.from}; by lot it is ${replaced.adjustment.to}.`,
      );
    recusals.push({ subject: adjustment.subject, inspector: adjustment.from, ground: adjustment.ground });
    teams = replaced.teams;
  }
  return { teams, noted };
}

function recordOf(
  input: AssignmentInput,
  hashes: Hashes,
  teams: AssignmentRecord['teams'],
  adjustments: AssignmentRecord['adjustments'],
): AssignmentRecord {
  const after = loadsOf(teams, input);
  return {
    spec: 'inspector-teams-v1',
    seed: input.seed.toString('hex'),
    day: input.day,
    ...hashes,
    teams,
    loads: input.inspectors.map(({ id, load }) => ({ id, before: load, assigned: after.get(id)! - load })),
    adjustments,
    result_hash: teamsHash(teams),
  };
}
