import { quarterOf } from '@hengjian/models/calendar/quarter.ts';

/** Quarters for which what is entered now still counts, newest first: the running one, and drafts before their cut-off. */
export async function openQuarters({ figures }: App.Locals, today: string): Promise<string[]> {
  const now = Date.now();
  const drafts = (await figures.quarters()).filter(
    ({ status, cutoff }) => status === 'draft' && (cutoff === null || Date.parse(cutoff) > now),
  );
  return [...new Set([quarterOf(today), ...drafts.map(({ quarter }) => quarter)])].sort().reverse();
}
