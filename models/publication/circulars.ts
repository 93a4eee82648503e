/** Circulars of published quarters: their texts while they are being written, and what was issued, as the log tells it. */

import { OFFICE_UNIT } from '@hengjian/contract/office-unit.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { type LiveEvent, readLiveEvents } from '../objections/objection-events.ts';
import { localNow } from '../runner/local-now.ts';
import { momentOf } from './moment.ts';
import type { Publication } from './read-chain.ts';
import { RefusedAct } from './refused-act.ts';
import type { WriteEvents } from './write-events.ts';

export const CIRCULAR_SOURCE = '/hengjian/circulars';

/** What people write; everything else in a circular follows from the publication. */
export interface CircularTexts {
  /** 文号 */
  number: string;
  issuer: string;
  /** Whom units may ask. */
  contact: string;
  /** Paragraphs before the first section; a line each. */
  opening: string;
  /** 下一步工作要求, the last section; a line each. */
  closing: string;
}

export const DEFAULT_TEXTS: CircularTexts = {
  number: '',
  issuer: '市场监管联席会议办公室',
  contact: '',
  opening: '',
  closing: '',
};

export type CircularFormat = 'docx' | 'xlsx' | 'pdf';
export const CIRCULAR_FORMATS: readonly CircularFormat[] = ['docx', 'xlsx', 'pdf'];

export interface IssuedCircular {
  /** The record that it tells of. */
  recordSha256: string;
  format: CircularFormat;
  fileSha256: string;
  bytes: number;
  texts: CircularTexts;
  issuedAt: string;
  by: string;
}

export interface Circulars {
  /** As saved last; null where nobody has. */
  draft: (CircularTexts & { savedAt: string; by: string }) | null;
  /** Newest first. */
  issued: IssuedCircular[];
}

/** Of one publication. */
export async function readCirculars(warehouse: Warehouse, { recordSha256 }: Publication): Promise<Circulars> {
  const events = (await readLiveEvents(warehouse, ['circular.drafted', 'circular.issued'])).filter(
    ({ data }) => data.record_sha256 === recordSha256,
  );
  const drafted = events.findLast(({ type }) => type === 'circular.drafted');
  return {
    draft: drafted
      ? { ...textsOf(drafted), savedAt: momentOf(drafted.time), by: String(drafted.data.entered_by ?? '') }
      : null,
    issued: events
      .filter(({ type }) => type === 'circular.issued')
      .reverse()
      .map((event) => ({
        recordSha256,
        format: event.data.format as CircularFormat,
        fileSha256: String(event.data.file_sha256),
        bytes: Number(event.data.bytes),
        texts: textsOf(event),
        issuedAt: momentOf(event.time),
        by: String(event.data.entered_by ?? ''),
      })),
  };
}

/** `record_sha256` of the records that circulars were issued of, in the order of issuing. */
export async function readIssuedRecords(warehouse: Warehouse): Promise<string[]> {
  return (await readLiveEvents(warehouse, ['circular.issued'])).map(({ data }) => String(data.record_sha256));
}

export interface CircularWriting {
  publication: Publication;
  texts: CircularTexts;
  write: WriteEvents;
  /** Account that writes. */
  by: string;
}

/** @throws RefusedAct where the event is refused */
export async function saveCircularTexts({ publication, texts, write, by }: CircularWriting): Promise<void> {
  const time = momentOf(localNow());
  const id = `drafted-${publication.recordSha256.slice(0, 12)}-${time.replaceAll(/\D/g, '').slice(0, 17)}`;
  await send(write, 'circular.drafted', id, time, { ...about(publication), ...texts, entered_by: by });
}

/** The same file issued again is the same event. @throws RefusedAct where the event is refused */
export async function issueCircular(
  { publication, texts, write, by }: CircularWriting,
  file: { format: CircularFormat; sha256: string; bytes: number },
): Promise<void> {
  const id = `issued-${file.format}-${publication.recordSha256.slice(0, 12)}-${file.sha256.slice(0, 24)}`;
  await send(write, 'circular.issued', id, momentOf(localNow()), {
    ...about(publication),
    ...texts,
    format: file.format,
    file_sha256: file.sha256,
    bytes: file.bytes,
    entered_by: by,
  });
}

function about({ record, recordSha256, snapshot }: Publication) {
  return {
    quarter: record.quarter,
    ruleset: snapshot.ruleset.id,
    ruleset_version: snapshot.ruleset.version,
    snapshot_hash: record.snapshot_sha256,
    record_sha256: recordSha256,
  };
}

function textsOf({ data }: LiveEvent): CircularTexts {
  const text = (name: keyof CircularTexts) => (typeof data[name] === 'string' ? data[name] : DEFAULT_TEXTS[name]);
  return {
    number: text('number'),
    issuer: text('issuer'),
    contact: text('contact'),
    opening: text('opening'),
    closing: text('closing'),
  };
}

async function send(write: WriteEvents, type: string, id: string, time: string, data: object): Promise<void> {
  const event = { specversion: '1.0', id, source: CIRCULAR_SOURCE, type, time, department: OFFICE_UNIT, data };
  const { rejected } = await write([event]);
  if (rejected[0])
    throw new RefusedAct(
      'event_refused',
      { reason: rejected[0].reason, detail: rejected[0].detail },
      `The event was refused (${rejected[0].reason}): ${rejected[0].detail}`,
    );
}
