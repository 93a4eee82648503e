/** The publications of a warehouse, out of the event log: nothing derived is read, so nothing derived can deceive. */
import type { Warehouse } from '@hengjian/warehouse';
import { hashJson } from './hash-json.ts';
import { type PublicationRecord, recordProblem, type Snapshot, snapshotProblem } from './publication-record.ts';
import { PUBLICATION_SOURCE, PUBLICATION_TYPES } from './published-event.ts';

/** A publication that can be read; whether it is true is another question (`checkChain`). */
export interface Publication {
  record: PublicationRecord;
  snapshot: Snapshot;
  rulesetText: string;
  /** Of the record as it is. */
  recordSha256: string;
  /** What the event says of its own record; empty where it says nothing. */
  claimedSha256: string;
  /** When the event was recorded, local wall time with microseconds. */
  recordedAt: string;
}

/** An event that should be a publication and is not. */
export interface Unreadable {
  id: string;
  problem: string;
}

export interface Chain {
  /** In the order of their sequences. */
  publications: Publication[];
  unreadable: Unreadable[];
}

/** The columns of a stored publication event. */
export interface StoredEvent {
  id: string;
  data: string;
  extensions: string;
  recorded_at: string;
}

export async function readChain(warehouse: Warehouse): Promise<Chain> {
  const rows = await warehouse.query<StoredEvent>(
    `SELECT id, data, extensions, toString(e.recorded_at) AS recorded_at FROM events AS e
     WHERE type IN {types:Array(String)} AND source = {source:String}`,
    { types: PUBLICATION_TYPES, source: PUBLICATION_SOURCE },
  );
  return chainOf(rows);
}

export function chainOf(rows: readonly StoredEvent[]): Chain {
  const chain: Chain = { publications: [], unreadable: [] };
  for (const row of rows) {
    const read = readPublication(row);
    if ('problem' in read) chain.unreadable.push(read);
    else chain.publications.push(read);
  }
  chain.publications.sort((a, b) => a.record.sequence - b.record.sequence);
  return chain;
}

function readPublication({ id, data, extensions, recorded_at }: StoredEvent): Publication | Unreadable {
  const parsed = parseJson(data) as { record?: unknown; snapshot?: unknown; ruleset_text?: unknown } | undefined;
  if (typeof parsed !== 'object' || parsed === null) return { id, problem: 'its data is not a JSON object' };
  const wrongRecord = recordProblem(parsed.record);
  if (wrongRecord) return { id, problem: `the record is none: ${wrongRecord}` };
  const wrongSnapshot = snapshotProblem(parsed.snapshot);
  if (wrongSnapshot) return { id, problem: `the snapshot is none: ${wrongSnapshot}` };
  if (typeof parsed.ruleset_text !== 'string') return { id, problem: 'it has no ruleset_text' };
  const record = parsed.record as PublicationRecord;
  if (String(record.sequence) !== id)
    return { id, problem: `the record has the sequence ${record.sequence}, the event the id ${id}` };
  const claimed = (parseJson(extensions) as { recordsha256?: unknown } | undefined)?.recordsha256;
  return {
    record,
    snapshot: parsed.snapshot as Snapshot,
    rulesetText: parsed.ruleset_text,
    recordSha256: hashJson(record),
    claimedSha256: typeof claimed === 'string' ? claimed : '',
    recordedAt: recorded_at,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The newest publication of a quarter under a rule set. */
export function latestOf(chain: Chain, ruleset: string, quarter: string): Publication | undefined {
  return chain.publications.findLast(
    ({ record, snapshot }) => record.quarter === quarter && snapshot.ruleset.id === ruleset,
  );
}
