/** What pages show of a publication: the record without the snapshot, which is for who may have all units. */
import type { Publication } from '@hengjian/models/publication/read-chain.ts';
import type { QuarterStanding } from '@hengjian/models/publication/read-standings.ts';

export interface PublicationHead {
  sequence: number;
  quarter: string;
  number: number;
  kind: 'published' | 'corrected';
  at: string;
  by: string;
  reason: string;
  events: number;
  recordSha256: string;
  ruleset: string;
  version: string;
}

export function publicationHead({ record, recordSha256, snapshot }: Publication): PublicationHead {
  const { sequence, quarter, number, kind, published_at: at, by, reason, events } = record;
  const { id, version } = snapshot.ruleset;
  return { sequence, quarter, number, kind, at, by, reason, events: events.count, recordSha256, ruleset: id, version };
}

export type StandingView = ReturnType<typeof standingView>;

export function standingView({ quarter, stage, cutoff, window, objections, publications }: QuarterStanding) {
  const newest = publications.at(-1);
  return {
    quarter,
    stage,
    cutoff,
    window,
    objections: objections.length,
    open: objections.filter(({ state }) => state === 'open').length,
    newest: newest && publicationHead(newest),
  };
}
