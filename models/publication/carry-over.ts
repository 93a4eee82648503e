/**
 * Publications made before publications were events enter the chain, in the order in which they were published. What was
 * not recorded then cannot be known now; the record says so.
 */
import type { Warehouse } from '@hengjian/warehouse';
import type { Project } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { type EarlierPublication, findEarlier } from './earlier-publications.ts';
import { digestEvents } from './event-digest.ts';
import { hashJson } from './hash-json.ts';
import { momentOf } from './moment.ts';
import { NO_PREVIOUS, type PublicationRecord, type Snapshot, type SnapshotItemScore } from './publication-record.ts';
import { type Publisher, storeRecord } from './publish.ts';
import { readChain } from './read-chain.ts';
import { replayPublication } from './replay-publication.ts';

/** Returns how many were carried over. @throws CommandError where the log refuses or does not take them */
export async function carryOver(publisher: Publisher): Promise<number> {
  const { warehouse, project } = publisher;
  const waiting = await findEarlier(warehouse, (await readChain(warehouse)).publications);
  if (waiting.length === 0) return 0;
  await refresh(warehouse, project, publisher.now ? { now: publisher.now } : {});
  for (const one of waiting) {
    const snapshot = await earlierSnapshot(warehouse, one);
    // Where another process carries over too, its event stands, and is the same but for the chance of a moment.
    await storeRecord(publisher, await recordOf(warehouse, project, one, snapshot), snapshot, one.ruleset_text);
  }
  await refresh(warehouse, project, publisher.now ? { now: publisher.now } : {});
  return waiting.length;
}

async function recordOf(
  warehouse: Warehouse,
  project: Project,
  one: EarlierPublication,
  snapshot: Snapshot,
): Promise<PublicationRecord> {
  const last = (await readChain(warehouse)).publications.at(-1);
  const record: PublicationRecord = {
    spec: 'score-publication-v1',
    sequence: (last?.record.sequence ?? 0) + 1,
    quarter: one.quarter,
    number: one.number,
    kind: one.number === 1 ? 'published' : 'corrected',
    published_at: momentOf(one.published_at),
    as_of: momentOf(one.as_of),
    snapshot_sha256: hashJson(snapshot),
    events: await digestEvents(warehouse, { asOf: one.as_of, cutoff: `${snapshot.cutoff} 23:59:59.999999` }),
    previous: last?.recordSha256 ?? NO_PREVIOUS,
    reason: one.number === 1 ? '' : 'Carried over from an earlier version, which recorded no reason.',
    by: 'unknown',
  };
  const replay = await replayPublication(warehouse, project, {
    record,
    snapshot,
    rulesetText: one.ruleset_text,
    recordSha256: '',
    claimedSha256: '',
    recordedAt: one.as_of,
  }).catch(() => undefined);
  await replay?.built.drop();
  if (replay?.snapshotSha256 === record.snapshot_sha256) return record;
  return {
    ...record,
    reason:
      'Carried over from an earlier version, which did not record the events that counted: the events recorded by as_of do not give these scores, and which did cannot be known.',
  };
}

async function earlierSnapshot(warehouse: Warehouse, one: EarlierPublication): Promise<Snapshot> {
  const { publication } = one;
  const units = await warehouse.query<{ unit: string; rank: number; total: string }>(
    'SELECT unit, rank, total_exact AS total FROM earlier_unit_scores WHERE publication = {publication:UUID}',
    { publication },
  );
  const items = await warehouse.query<SnapshotItemScore & { unit: string }>(
    `SELECT unit, item, weight_exact AS weight, points_exact AS points, numerator, denominator, on_time
     FROM earlier_item_scores WHERE publication = {publication:UUID} ORDER BY item`,
    { publication },
  );
  const byUnit = Map.groupBy(items, ({ unit }) => unit);
  return {
    spec: 'score-snapshot-v1',
    quarter: one.quarter,
    ruleset: { id: one.ruleset, version: one.version, sha256: one.hash },
    // A quarter without a known cut-off could not be published.
    cutoff: one.cutoff!.slice(0, 10),
    units: units
      .map((unit) => ({ ...unit, items: (byUnit.get(unit.unit) ?? []).map(({ unit: _, ...item }) => item) }))
      .sort((a, b) => (a.unit < b.unit ? -1 : 1)),
  };
}
