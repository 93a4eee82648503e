/** A dated correction (publication.md §4, `correct`): the same rules, the events recorded by now. */
import { CommandError } from '@hengjian/warehouse';
import { parseRuleSet } from '../ruleset/rule-set.ts';
import { quarterOrError } from '../scoring/score-quarter.ts';
import { carryOver } from './carry-over.ts';
import { type CausedChange, findCauses } from './find-causes.ts';
import { hashJson } from './hash-json.ts';
import { freeze, type Publisher, publish } from './publish.ts';
import { latestOf, type Publication, readChain } from './read-chain.ts';
import { snapshotChanges } from './snapshot-changes.ts';

export interface Correction {
  publication: Publication;
  before: Publication;
  changes: CausedChange[];
}

/** @throws CommandError where the quarter was never published, nothing differs, or no reason is given */
export async function correctQuarter(publisher: Publisher, id: string, reason: string): Promise<Correction> {
  const quarter = quarterOrError(id);
  if (reason.trim() === '') throw new CommandError('A correction needs --reason TEXT: it stands in the record.');
  await carryOver(publisher);
  const before = latestOf(await readChain(publisher.warehouse), publisher.project.ruleSet.id, quarter.id);
  if (!before)
    throw new CommandError(
      `${id} is not published yet under the rule set ${publisher.project.ruleSet.id}; \`hengjian close ${id}\` publishes it.`,
    );
  const ruleSet = parseRuleSet(before.rulesetText, `rule set of ${id} as published`);
  const frozen = await freeze(publisher, quarter, { ...publisher.project, ruleSet });
  try {
    if (hashJson(frozen.snapshot) === before.record.snapshot_sha256)
      throw new CommandError(
        `Nothing differs: the events recorded by now give ${id} the scores of its publication number ${before.record.number} (${before.record.published_at}). There is nothing to correct.`,
      );
    const changes = await findCauses(publisher, frozen, before, snapshotChanges(before.snapshot, frozen.snapshot));
    return { publication: await publish(publisher, frozen, before, reason), before, changes };
  } finally {
    await frozen.built.drop();
  }
}
