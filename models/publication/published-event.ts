/** A publication as the event that it is (publication.md §3). */
import { OFFICE_UNIT } from '@hengjian/contract/office-unit.ts';
import type { PublicationRecord, Snapshot } from './publication-record.ts';

export const PUBLICATION_SOURCE = '/hengjian/publications';
export const PUBLICATION_TYPES = ['score.published', 'score.corrected'] as const;

export interface PublishedEvent {
  specversion: '1.0';
  /** The sequence: of two closers the second meets the rule that an id is stored once. */
  id: string;
  source: string;
  type: (typeof PUBLICATION_TYPES)[number];
  time: string;
  department: string;
  /** Extension: pins the record until the next one does, by its `previous`. */
  recordsha256: string;
  data: { record: PublicationRecord; snapshot: Snapshot; ruleset_text: string };
}

export function publishedEvent(data: PublishedEvent['data'], recordSha256: string, time: string): PublishedEvent {
  return {
    specversion: '1.0',
    id: String(data.record.sequence),
    source: PUBLICATION_SOURCE,
    type: data.record.kind === 'published' ? 'score.published' : 'score.corrected',
    time,
    department: OFFICE_UNIT,
    recordsha256: recordSha256,
    data,
  };
}
