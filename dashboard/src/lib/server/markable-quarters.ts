import { openQuarters } from './open-quarters.ts';

export interface MarkableQuarter {
  quarter: string;
  /** Past its cut-off it is a draft, which a mark still changes, or published: then the mark counts once a correction is published. */
  standing: 'open' | 'over' | 'published';
  /** RFC 3339, once it is past: a mark stands before it then (`lateMarkTime`); unset: a mark stands where it is entered, now. */
  cutoff?: string;
}

/**
 * Quarters for which marks are entered, the running ones first. Scores read no mark after the cut-off, so that one which follows from an
 * objection is entered as of that day.
 */
export async function markableQuarters(locals: App.Locals, today: string): Promise<MarkableQuarter[]> {
  const open = await openQuarters(locals, today);
  const over = (await locals.figures.quarters()).flatMap(({ quarter, status, cutoff }): MarkableQuarter[] =>
    open.includes(quarter) || cutoff === null
      ? []
      : [{ quarter, standing: status === 'draft' ? 'over' : 'published', cutoff }],
  );
  return [...open.map((quarter): MarkableQuarter => ({ quarter, standing: 'open' })), ...over];
}
