/** A publication with its frozen rows, for documents: nothing in it changes when events come or rules change. */
import { maskNumbers } from '@hengjian/contract/personal-numbers.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { parsePeriod, periodBeside } from '../calendar/period.ts';
import { type DraftWindow, type Objection, readDraftWindow, readObjections } from '../objections/read-objections.ts';
import { parsePublishedRuleSet } from '../ruleset/rule-set.ts';
import type { Project } from '../runner/project.ts';
import { readIssuedRecords } from './circulars.ts';
import { correctionsSince } from './corrections-since.ts';
import { publicationId } from './derive-publications.ts';
import type { PublicationRecord, Snapshot } from './publication-record.ts';
import { type Publication, readChain } from './read-chain.ts';
import { type Mark, readMarks } from './read-marks.ts';

export interface PublishedQuarter {
  record: PublicationRecord;
  recordSha256: string;
  snapshot: Snapshot;
  /** Name of the rule set, as its text has it. */
  ruleSetName: string;
  unitNames: ReadonlyMap<string, string>;
  /** In the order of the rule set, those that were scored. */
  items: { item: string; name: string; clause: string }[];
  /** By `unit` TAB `item`. */
  badges: ReadonlyMap<string, readonly string[]>;
  /** Every row that counted against a unit, in the order of units, items and rows. */
  lost: { unit: string; item: string; kind: string; key: string; due: string | null; happened: string | null }[];
  marks: Mark[];
  /** The newest publication of the quarter (month, year) before, as it stood when this one was published. */
  before: Publication | undefined;
  /** Since the circular before (`correctionsSince`), this one included if it is one. */
  corrections: PublicationRecord[];
  window: DraftWindow | undefined;
  objections: Objection[];
}

/** Tables of publications must have been derived: `refresh` first. */
export async function readPublished(
  warehouse: Warehouse,
  project: Project,
  publication: Publication,
): Promise<PublishedQuarter> {
  const { snapshot, recordSha256, rulesetText } = publication;
  const record = withoutNumbers(publication.record);
  const { data } = parsePublishedRuleSet(rulesetText, `rule set of ${record.quarter} as published`);
  const id = { publication: publicationId(recordSha256) };
  const scored = new Set(snapshot.units.flatMap(({ items }) => items.map(({ item }) => item)));
  const badges = await warehouse.query<{ unit: string; item: string; badges: string[] }>(
    'SELECT unit, item, badges FROM published_item_scores WHERE publication = {publication:UUID}',
    id,
  );
  const lost = await warehouse.query<PublishedQuarter['lost'][number]>(
    `SELECT l.unit AS unit, l.item AS item, l.kind AS kind, l.key AS key, toString(l.due) AS due,
       toString(toDate(l.happened)) AS happened
     FROM published_lost_points AS l
     INNER JOIN published_unit_scores AS u ON u.publication = l.publication AND u.unit = l.unit
     INNER JOIN published_item_scores AS i ON i.publication = l.publication AND i.unit = l.unit AND i.item = l.item
     WHERE l.publication = {publication:UUID} ORDER BY u.ord, i.ord, l.ord`,
    id,
  );
  const chain = (await readChain(warehouse)).publications.filter(
    (other) => other.snapshot.ruleset.id === snapshot.ruleset.id && other.record.sequence <= record.sequence,
  );
  const before = periodBeside(parsePeriod(record.quarter)!, -1);
  return {
    record,
    recordSha256,
    snapshot,
    ruleSetName: data.name.zh,
    unitNames: new Map(data.units.map(({ id: unit, name }) => [unit, name])),
    items: data.items
      .filter((item) => scored.has(item.id))
      .map((item) => ({ item: item.id, name: item.name.zh, clause: item.clause })),
    badges: new Map(badges.map(({ unit, item, badges: all }) => [`${unit}\t${item}`, all])),
    lost,
    marks: (await readMarks(warehouse, publication)).map(withoutNumbers),
    before: chain.findLast((other) => other.record.quarter === before),
    corrections: correctionsSince(chain, publication, await readIssuedRecords(warehouse)).map(withoutNumbers),
    window: await readDraftWindow(warehouse, project, record.quarter),
    objections: (await readObjections(warehouse, project, record.quarter)).map(withoutNumbers),
  };
}

/** Documents go round; what people wrote as a reason may hold numbers of persons. */
function withoutNumbers<T extends { reason: string | null }>(told: T): T {
  return { ...told, reason: told.reason === null ? null : maskNumbers(told.reason) };
}
