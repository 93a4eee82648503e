/**
 * Keeps the tables of publications equal to the events of publications. Run by each refresh: dropped tables come back,
 * and a publication that another process or an imported log brought is shown.
 */
import type { Warehouse } from '@hengjian/warehouse';
import type { Project } from '../runner/project.ts';
import { wallTime } from '../scoring/wall-time.ts';
import { copyFromBuild, copyFromEarlier, writeFromSnapshot } from './companion-rows.ts';
import { findEarlier, showEarlier } from './earlier-publications.ts';
import { createPublicationTables, dropPublication } from './publication-tables.ts';
import { PUBLICATION_SOURCE, PUBLICATION_TYPES } from './published-event.ts';
import { type Publication, readChain } from './read-chain.ts';
import { replayPublication } from './replay-publication.ts';

/** Where the rows beside the scores came from. */
export type RowsFrom = 'log' | 'earlier' | 'snapshot';

/** Under the refresh lease, after the staged events are up to date. Returns the sequences that were made anew. */
export async function derivePublications(warehouse: Warehouse, project: Project): Promise<number[]> {
  await createPublicationTables(warehouse);
  if (await isCurrent(warehouse)) return [];
  const { publications } = await readChain(warehouse);
  const kept = await warehouse.query<{ publication: string; record_sha256: string }>(
    'SELECT publication, record_sha256 FROM publications',
  );
  const wanted = new Set(publications.map(({ recordSha256 }) => recordSha256));
  const earlier = await findEarlier(warehouse, publications);
  const shown = new Set(earlier.map(({ publication }) => publication));
  for (const { publication, record_sha256 } of kept)
    if (record_sha256 === '' ? !shown.has(publication) : !wanted.has(record_sha256))
      await dropPublication(warehouse, publication);
  const present = new Set(kept.map(({ publication }) => publication));
  for (const one of earlier) if (!present.has(one.publication)) await showEarlier(warehouse, one);
  const made: number[] = [];
  for (const publication of publications) {
    if (present.has(publicationId(publication.recordSha256))) continue;
    await deriveOne(warehouse, project, publication);
    made.push(publication.record.sequence);
  }
  return made;
}

/** Two small reads: the events of publications by number and recording time against the rows made of them. */
async function isCurrent(warehouse: Warehouse): Promise<boolean> {
  const [row] = await warehouse.query<{ same: number }>(
    `SELECT (SELECT arraySort(groupArray((id, recorded_at))) FROM events WHERE type IN {types:Array(String)} AND source = {source:String})
       = (SELECT arraySort(groupArray((toString(sequence), recorded_at))) FROM publications WHERE sequence > 0)
       AND (SELECT count() FROM earlier_publications
            WHERE (ruleset, quarter, number) NOT IN (SELECT ruleset, quarter, number FROM publications)) = 0 AS same`,
    { types: PUBLICATION_TYPES, source: PUBLICATION_SOURCE },
  );
  return row!.same === 1;
}

async function deriveOne(warehouse: Warehouse, project: Project, publication: Publication): Promise<void> {
  const replay = await replayPublication(warehouse, project, publication).catch(() => undefined);
  try {
    const same = replay?.snapshotSha256 === publication.record.snapshot_sha256;
    await keepPublication(warehouse, publication, same ? replay!.built.warehouse : undefined);
  } finally {
    await replay?.built.drop();
  }
}

/**
 * Writes the rows of one publication; afterwards it is what pages and commands show.
 * @param build a database whose marts give exactly the snapshot; without one, what was kept earlier, or the scores alone
 */
export async function keepPublication(
  warehouse: Warehouse,
  publication: Publication,
  build?: Pick<Warehouse, 'database'>,
): Promise<void> {
  const id = publicationId(publication.recordSha256);
  const { record, snapshot } = publication;
  // Of an attempt that was broken off.
  await dropPublication(warehouse, id);
  let from: RowsFrom = 'log';
  if (build) await copyFromBuild(warehouse, id, record.quarter, build);
  else {
    const earlier = await warehouse.query<{ publication: string }>(
      `SELECT publication FROM earlier_publications WHERE quarter = {quarter:String} AND ruleset = {ruleset:String} AND number = {number:UInt32}`,
      { quarter: record.quarter, ruleset: snapshot.ruleset.id, number: record.number },
    );
    from = earlier[0] ? 'earlier' : 'snapshot';
    if (earlier[0]) await copyFromEarlier(warehouse, id, earlier[0].publication);
    else await writeFromSnapshot(warehouse, id, publication);
  }
  await warehouse.insert('publications', [
    {
      publication: id,
      sequence: record.sequence,
      quarter: record.quarter,
      number: record.number,
      status: record.kind,
      published_at: wallTime(record.published_at),
      ruleset: snapshot.ruleset.id,
      version: snapshot.ruleset.version,
      hash: snapshot.ruleset.sha256,
      ruleset_text: publication.rulesetText,
      cutoff: `${snapshot.cutoff} 23:59:59.999999`,
      as_of: wallTime(record.as_of),
      reason: record.reason,
      published_by: record.by,
      record_sha256: publication.recordSha256,
      snapshot_sha256: record.snapshot_sha256,
      event_count: record.events.count,
      event_sha256: record.events.sha256,
      rows_from: from,
      recorded_at: publication.recordedAt,
    },
  ]);
}

/** The key of a publication's rows: the head of its record's hash in the form of a UUID. */
export function publicationId(recordSha256: string): string {
  return recordSha256.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
