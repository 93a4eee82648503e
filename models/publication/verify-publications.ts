/** `verify`: what the log holds of publications, checked (publication.md §4). */
import { CommandError, type Warehouse } from '@hengjian/warehouse';
import type { Project } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { type Check, checkChain, checkOf } from './check-chain.ts';
import { type Publication, readChain } from './read-chain.ts';
import { readWitnesses } from './read-witnesses.ts';
import { replayChecks } from './replay-checks.ts';
import { type Replay, replayPublication } from './replay-publication.ts';

export interface VerifyRequest {
  quarter?: string;
  ruleset?: string;
  replay: boolean;
}

/** @throws CommandError where the quarter that is asked for was never published */
export async function verifyPublications(
  warehouse: Warehouse,
  project: Project,
  { quarter, ruleset, replay }: VerifyRequest,
): Promise<Check[]> {
  const chain = await readChain(warehouse);
  const wanted = ({ record, snapshot }: Publication) =>
    (quarter === undefined || record.quarter === quarter) && (ruleset === undefined || snapshot.ruleset.id === ruleset);
  const chosen = chain.publications.filter(wanted);
  const checks = checkChain(chain, await readWitnesses(warehouse), wanted);
  // Where one is missing or cannot be read, it may be the one that is asked for.
  if (chosen.length === 0 && (quarter !== undefined || ruleset !== undefined) && checks.every(({ ok }) => ok))
    throw new CommandError(
      `${[quarter ?? 'No quarter', ruleset && `under the rule set ${ruleset}`].filter(Boolean).join(' ')} ${quarter ? 'is not' : 'is'} published; there is nothing to verify.`,
    );
  if (!replay || chosen.length === 0) return checks;
  await refresh(warehouse, project);
  for (const publication of chosen) checks.push(...(await checkReplay(warehouse, project, publication)));
  return checks;
}

/** The scores and the events of one publication, computed again. */
export async function checkReplay(warehouse: Warehouse, project: Project, publication: Publication): Promise<Check[]> {
  let again: Replay;
  try {
    again = await replayPublication(warehouse, project, publication);
  } catch (error) {
    return [checkOf(publication, 'scores', false, `they cannot be computed again: ${(error as Error).message}`)];
  }
  await again.built.drop();
  return replayChecks(publication, again);
}
