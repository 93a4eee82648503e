/** A dated correction (publication.md §4, `correct`): the same rules, the events recorded by now. */
import { parsePublishedRuleSet } from '../ruleset/rule-set.ts';
import { periodOrError } from '../scoring/score-quarter.ts';
import { carryOver } from './carry-over.ts';
import { type CausedChange, findCauses } from './find-causes.ts';
import { hashJson } from './hash-json.ts';
import { type Frozen, freeze, type Publisher, publish, refuseNumbers } from './publish.ts';
import { latestOf, type Publication, readChain } from './read-chain.ts';
import { RefusedAct } from './refused-act.ts';
import { snapshotChanges } from './snapshot-changes.ts';

export interface Correction {
  publication: Publication;
  before: Publication;
  changes: CausedChange[];
}

/** What a correction would publish now. */
export interface CorrectionPreview {
  before: Publication;
  changes: CausedChange[];
}

/** @throws RefusedAct where the quarter was never published, nothing differs, or no reason is given */
export async function correctQuarter(publisher: Publisher, id: string, reason: string): Promise<Correction> {
  if (reason.trim() === '')
    throw new RefusedAct('correction_reason', {}, 'A correction needs --reason TEXT: it stands in the record.');
  refuseNumbers(reason);
  return withCorrection(publisher, id, async ({ before, changes }, frozen) => ({
    publication: await publish(publisher, frozen, before, reason),
    before,
    changes,
  }));
}

/** Publishes nothing. @throws RefusedAct where the quarter was never published, or nothing differs */
export function previewCorrection(publisher: Publisher, id: string): Promise<CorrectionPreview> {
  return withCorrection(publisher, id, async (preview) => preview);
}

async function withCorrection<T>(
  publisher: Publisher,
  id: string,
  use: (preview: CorrectionPreview, frozen: Frozen) => Promise<T>,
): Promise<T> {
  const quarter = periodOrError(id);
  await carryOver(publisher);
  const before = latestOf(await readChain(publisher.warehouse), publisher.project.ruleSet.id, quarter.id);
  if (!before)
    throw new RefusedAct(
      'not_published',
      { quarter: id },
      `${id} is not published yet under the rule set ${publisher.project.ruleSet.id}; \`hengjian close ${id}\` publishes it.`,
    );
  const ruleSet = parsePublishedRuleSet(before.rulesetText, `rule set of ${id} as published`);
  const frozen = await freeze(publisher, quarter, { ...publisher.project, ruleSet });
  try {
    if (hashJson(frozen.snapshot) === before.record.snapshot_sha256)
      throw new RefusedAct(
        'nothing_differs',
        { quarter: id, number: before.record.number, at: before.record.published_at },
        `Nothing differs: the events recorded by now give ${id} the scores of its publication number ${before.record.number} (${before.record.published_at}). There is nothing to correct.`,
      );
    publisher.onStep?.('causes');
    const changes = await findCauses(publisher, frozen, before, snapshotChanges(before.snapshot, frozen.snapshot));
    return await use({ before, changes }, frozen);
  } finally {
    await frozen.built.drop();
  }
}
