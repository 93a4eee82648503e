/** Prepared events, cut into the bodies of requests. Read by the k6 script too: nothing here may need Node. */

/** Stands in the prepared file wherever an event names itself or another: replaced before each sending. */
export const RUN_MARK = '%RUN%';

/** Whole batches of `size` lines each; lines left over are not used. @throws RangeError when there are fewer lines */
export function cutBatches(text: string, size: number): string[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const batches: string[] = [];
  for (let at = 0; at + size <= lines.length; at += size) batches.push(`${lines.slice(at, at + size).join('\n')}\n`);
  if (batches.length === 0) throw new RangeError(`${lines.length} events are too few for a batch of ${size}`);
  return batches;
}

/**
 * The body of the n-th request of a run, n from 0. Each time round the file every event gets a new id, and whoever
 * refers to it (a claim to its push) refers to the new one; so the only duplicates are those of the file.
 */
export function bodyAt(batches: readonly string[], run: string, n: number): string {
  const round = Math.floor(n / batches.length);
  return batches[n % batches.length]!.split(RUN_MARK).join(`${run}-${round.toString(36)}`);
}
