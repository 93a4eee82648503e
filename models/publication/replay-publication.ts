/** A publication computed again: the log as of then, scored under the rule set text that the publication pins. */
import type { Warehouse } from '@hengjian/warehouse';
import { parsePeriod } from '../calendar/period.ts';
import { parsePublishedRuleSet } from '../ruleset/rule-set.ts';
import type { Project } from '../runner/project.ts';
import { SHOWN_MARTS } from '../runner/shown-marts.ts';
import { buildWhatIf, type WhatIf } from '../runner/what-if.ts';
import { wallTime } from '../scoring/wall-time.ts';
import { digestEvents, type EventDigest } from './event-digest.ts';
import { hashJson } from './hash-json.ts';

import type { Publication } from './read-chain.ts';
import { readSnapshot } from './read-snapshot.ts';

export interface Replay {
  /** Recording time up to which this warehouse's events were read, local wall time. */
  asOf: string;
  snapshotSha256: string;
  events: EventDigest;
  /** Nothing was recorded here by then: the log was loaded again from files, and all of it before the publication was read. */
  broughtAgain: boolean;
  /** The build behind it; the caller drops it. */
  built: WhatIf;
}

/**
 * The staged events must be up to date. A log that was loaded again from files has later recording times: where nothing
 * was recorded by `as_of`, what was recorded before the publication's own event is read instead, which the digest proves
 * to be the same events or not.
 * @throws CalendarError, BuildError, RuleSetError
 */
export async function replayPublication(
  warehouse: Warehouse,
  project: Project,
  publication: Publication,
): Promise<Replay> {
  const { record, rulesetText, snapshot } = publication;
  const quarter = parsePeriod(record.quarter)!;
  const pinned = {
    ...project,
    ruleSet: parsePublishedRuleSet(rulesetText, `rule set of ${record.quarter} as published`),
  };
  const cutoff = `${snapshot.cutoff} 23:59:59.999999`;
  let asOf = wallTime(record.as_of);
  let events = await digestEvents(warehouse, { asOf, cutoff });
  const broughtAgain = events.count === 0 && record.events.count > 0 && publication.recordedAt > asOf;
  if (broughtAgain) {
    asOf = publication.recordedAt;
    events = await digestEvents(warehouse, { asOf, cutoff });
  }
  // A cut-off that has passed is known on every later day, so the day of the replay does not matter.
  const built = await buildWhatIf(warehouse, pinned, quarter, { asOf, marts: SHOWN_MARTS });
  try {
    const again = await readSnapshot(built.warehouse, pinned.ruleSet, quarter.id, built.cutoff ?? cutoff);
    return { asOf, snapshotSha256: hashJson(again), events, broughtAgain, built };
  } catch (error) {
    await built.drop();
    throw error;
  }
}
