/** What a publication computed again says of it. */
import { type Check, checkOf } from './check-chain.ts';
import type { Publication } from './read-chain.ts';
import type { Replay } from './replay-publication.ts';

export function replayChecks(
  publication: Publication,
  { snapshotSha256, events, broughtAgain }: Omit<Replay, 'asOf' | 'built'>,
): Check[] {
  const { record } = publication;
  const sameScores = snapshotSha256 === record.snapshot_sha256;
  const sameEvents = events.count === record.events.count && events.sha256 === record.events.sha256;
  // With fewer than then something is gone, whatever the order of recording was.
  const untold =
    broughtAgain && !sameEvents && events.count > record.events.count
      ? `cannot be told: recording times are newer than the publication, so this log was brought in again; it holds ${events.count} events up to the cut-off, the record counts ${record.events.count}, and which of them were there by ${record.as_of} it no longer says. Verify where the events were first recorded, or restore a backup, which keeps recording times`
      : undefined;
  return [
    checkOf(
      publication,
      'scores',
      sameScores,
      sameScores
        ? `recomputed as of ${record.as_of}`
        : (untold ?? `the log as of ${record.as_of} gives another snapshot, ${snapshotSha256}`),
    ),
    checkOf(
      publication,
      'events',
      sameEvents,
      sameEvents
        ? `${events.count} events, ${events.sha256}`
        : (untold ??
            `the log holds ${events.count} events by then with the digest ${events.sha256}; the record says ${record.events.count} and ${record.events.sha256}`),
    ),
  ];
}
