/**
 * What closing and correcting share: the scores of the log as of one moment, the record that pins them, and the event
 * that makes it so. Of two who publish at once one stores the event of a sequence; the other finds it there.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { holdsNumbers } from '@hengjian/contract/personal-numbers.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Period } from '../calendar/period.ts';
import { ruleSetOn } from '../ruleset/rule-set.ts';
import { snapshotName } from '../runner/event-snapshot.ts';
import { localNow } from '../runner/local-now.ts';
import { keptRuleSets, type Project } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { withRefreshLease } from '../runner/refresh-lease.ts';
import { SHOWN_MARTS } from '../runner/shown-marts.ts';
import { buildWhatIf, type WhatIf } from '../runner/what-if.ts';
import { keepPublication } from './derive-publications.ts';
import { countEvents, digestEvents, type EventDigest } from './event-digest.ts';
import { hashJson } from './hash-json.ts';
import { momentOf } from './moment.ts';
import { NO_PREVIOUS, type PublicationRecord, type Snapshot } from './publication-record.ts';
import { publishedEvent } from './published-event.ts';
import { latestOf, type Publication, readChain } from './read-chain.ts';
import { readSnapshot } from './read-snapshot.ts';
import { RefusedAct } from './refused-act.ts';
import type { WriteEvents } from './write-events.ts';

export interface Publisher {
  warehouse: Warehouse;
  /** Its rule set is the one that is published under, kept up to date by the warehouse or not. */
  project: Project;
  write: WriteEvents;
  /** Account that publishes. */
  by: string;
  /** Told what is being done, for who waits. */
  onStep?: (step: PublishingStep) => void;
  now?: Date;
}

export type PublishingStep = 'refresh' | 'build' | 'digest' | 'causes' | 'record';

/** The scores of a quarter as of one moment; `built` is the caller's to drop. */
export interface Frozen {
  quarter: Period;
  /** Local wall time of the last microsecond that counts. */
  cutoff: string;
  asOf: string;
  snapshot: Snapshot;
  events: EventDigest;
  built: WhatIf;
}

/** @throws RefusedAct where the quarter cannot be scored or the log does not come to rest */
export async function freeze(publisher: Publisher, quarter: Period, rules = publisher.project): Promise<Frozen> {
  const { warehouse, project, now = new Date() } = publisher;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    publisher.onStep?.('refresh');
    const state = await refresh(warehouse, project, { quarters: [quarter.id], now });
    const problem = state.problemsByRuleSet.get(rules.ruleSet.id)?.get(quarter.id);
    if (problem && keptRuleSets(project).some(({ id }) => id === rules.ruleSet.id))
      throw new RefusedAct(
        'cannot_score',
        { quarter: quarter.id, problem },
        `${quarter.id} cannot be scored: ${problem}`,
      );
    const asOf = state.asOf ?? `${localNow(now)}000`;
    publisher.onStep?.('build');
    const built = await buildWhatIf(warehouse, rules, quarter, { asOf, now, marts: SHOWN_MARTS });
    try {
      const { cutoff } = built;
      if (cutoff === null)
        throw new RefusedAct(
          'cutoff_unknown',
          { quarter: quarter.id, year: quarter.year + 1 },
          `${quarter.id} cannot be published yet: its cut-off is not known.`,
        );
      const scope = { asOf, cutoff };
      publisher.onStep?.('digest');
      const events = await digestEvents(warehouse, scope);
      // A block whose recording time is earlier may be stored later; then scores and digest would speak of two logs.
      if ((await countEvents(built.warehouse, scope, snapshotName(built.warehouse))) === events.count) {
        const snapshot = await readSnapshot(built.warehouse, ruleSetOn(rules.ruleSet, quarter.end), quarter.id, cutoff);
        return { quarter, cutoff, asOf, snapshot, events, built };
      }
    } catch (error) {
      await built.drop();
      throw error;
    }
    await built.drop();
  }
  throw new RefusedAct(
    'log_restless',
    {},
    'Events are being recorded faster than they can be counted; try again when the import has ended.',
  );
}

/**
 * Publishes what was frozen as the next of its quarter.
 * @param before the publication of the quarter that it follows; undefined for the first
 * @throws RefusedAct where another process published the same quarter meanwhile, or the event is refused
 */
export async function publish(
  publisher: Publisher,
  frozen: Frozen,
  before: Publication | undefined,
  reason: string,
): Promise<Publication> {
  const { warehouse, by, now = new Date() } = publisher;
  const { quarter, snapshot, events, asOf } = frozen;
  const number = (before?.record.number ?? 0) + 1;
  publisher.onStep?.('record');
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const chain = await readChain(warehouse);
    const [unreadable] = chain.unreadable;
    if (unreadable)
      throw new RefusedAct(
        'chain_unreadable',
        { id: unreadable.id, problem: unreadable.problem },
        `Nothing can follow a publication that cannot be read: ${unreadable.problem} (publication ${unreadable.id}). \`hengjian verify\` names all that is wrong.`,
      );
    const other = latestOf(chain, snapshot.ruleset.id, quarter.id);
    if (other?.recordSha256 !== before?.recordSha256) throw alreadyPublished(other!);
    const last = chain.publications.at(-1);
    const record: PublicationRecord = {
      spec: 'score-publication-v1',
      sequence: (last?.record.sequence ?? 0) + 1,
      quarter: quarter.id,
      number,
      kind: number === 1 ? 'published' : 'corrected',
      published_at: momentOf(localNow(now)),
      as_of: momentOf(asOf),
      snapshot_sha256: hashJson(snapshot),
      events,
      previous: last?.recordSha256 ?? NO_PREVIOUS,
      reason,
      by,
    };
    const stored = await storeRecord(publisher, record, snapshot, publisherText(publisher, quarter, before));
    if (!stored) continue;
    await withRefreshLease(warehouse, (fenced) => keepPublication(fenced, stored, frozen.built.warehouse));
    return stored;
  }
  throw new RefusedAct(
    'at_the_same_moment',
    {},
    'Other publications were stored at the same moment, again and again; try again.',
  );
}

/** A correction keeps the text; the first publication has the version in force at the end of the quarter. */
function publisherText({ project }: Publisher, quarter: Period, before: Publication | undefined): string {
  return before?.rulesetText ?? ruleSetOn(project.ruleSet, quarter.end).text;
}

/** Hands the event over and looks which one is stored under its sequence; undefined where it is another's. */
export async function storeRecord(
  { warehouse, write }: Pick<Publisher, 'warehouse' | 'write'>,
  record: PublicationRecord,
  snapshot: Snapshot,
  rulesetText: string,
): Promise<Publication | undefined> {
  const recordSha256 = hashJson(record);
  const event = publishedEvent({ record, snapshot, ruleset_text: rulesetText }, recordSha256, momentOf(localNow()));
  const { rejected } = await write([event]);
  if (rejected[0])
    throw new RefusedAct(
      'event_refused',
      { reason: rejected[0].reason, detail: rejected[0].detail },
      `The publication was refused (${rejected[0].reason}): ${rejected[0].detail}`,
    );
  // Behind an event log it is there when a worker has taken it.
  for (const until = performance.now() + 60_000; performance.now() < until; await pause(200)) {
    const { publications } = await readChain(warehouse);
    const found = publications.find((publication) => publication.record.sequence === record.sequence);
    if (found) return found.recordSha256 === recordSha256 ? found : undefined;
  }
  throw new RefusedAct(
    'not_stored_yet',
    {},
    'The publication was handed to the event log and is not stored yet: no worker takes it. `hengjian publications` shows it when it is; `hengjian status` says what stands in the way.',
  );
}

/** A record stands for ever and goes round; its hash allows no taking out afterwards. @throws RefusedAct */
export function refuseNumbers(reason: string): void {
  if (holdsNumbers(reason))
    throw new RefusedAct(
      'numbers_in_reason',
      {},
      'The reason holds a telephone or id number of a person. It stands in the record for ever, so write it without.',
    );
}

export function alreadyPublished({ record }: Publication): RefusedAct {
  return new RefusedAct(
    'published_already',
    { quarter: record.quarter, number: record.number, at: record.published_at, by: record.by },
    `${record.quarter} is published already (publication ${record.sequence}, number ${record.number}, ${record.published_at} by ${record.by}); \`hengjian correct ${record.quarter} --reason TEXT\` publishes a correction.`,
  );
}
