import { quarterOf } from '@hengjian/models/calendar/quarter.ts';
import { listQuarters } from '@hengjian/models/queries/list-quarters.ts';

/** Quarters for which what is entered now still counts, newest first: the running one, and drafts before their cut-off. */
export async function openQuarters({ parts, scope, ruleset }: App.Locals, today: string): Promise<string[]> {
  const now = Date.now();
  const drafts = (await listQuarters(parts.figures, scope, ruleset)).filter(
    ({ status, cutoff }) => status === 'draft' && (cutoff === null || Date.parse(cutoff) > now),
  );
  return [...new Set([quarterOf(today), ...drafts.map(({ quarter }) => quarter)])].sort().reverse();
}
