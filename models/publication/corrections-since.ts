/** Which corrections a circular tells of: those since the circular before, of the same rule set and the same type of period. */
import { type Period, parsePeriod } from '../calendar/period.ts';
import type { PublicationRecord } from './publication-record.ts';
import type { Publication } from './read-chain.ts';

/**
 * Stays what it was once the circular is issued: circulars issued after it change nothing.
 *
 * @param chain in the order of sequences
 * @param issued records that circulars were issued of, in the order of issuing
 * @returns in the order of sequences; the publication itself included if it is a correction
 */
export function correctionsSince(
  chain: readonly Publication[],
  { record, snapshot, recordSha256 }: Publication,
  issued: readonly string[],
): PublicationRecord[] {
  const period = parsePeriod(record.quarter)!;
  const alike = chain.filter(
    (other) =>
      other.snapshot.ruleset.id === snapshot.ruleset.id &&
      parsePeriod(other.record.quarter)?.type === period.type &&
      other.record.sequence <= record.sequence,
  );
  const own = issued.indexOf(recordSha256);
  const told = new Set(own < 0 ? issued : issued.slice(0, own));
  const before = alike.findLast((other) => told.has(other.recordSha256) && other.recordSha256 !== recordSha256);
  const since = before?.record.sequence ?? withoutCircular(alike, period);
  return alike.map((other) => other.record).filter(({ kind, sequence }) => kind === 'corrected' && sequence > since);
}

/** No circular was issued in the product: what followed the first publication of the period before, or, of the first period, of itself. */
function withoutCircular(alike: readonly Publication[], { id, start }: Period): number {
  const first = alike
    .filter(({ record }) => record.number === 1 && parsePeriod(record.quarter)!.start < start)
    .reduce<PublicationRecord | undefined>(
      (latest, { record }) => (latest && latest.quarter > record.quarter ? latest : record),
      undefined,
    );
  return (first ?? alike.find(({ record }) => record.quarter === id)!.record).sequence;
}
