import { openQuarters } from './open-quarters.ts';

export interface MarkableQuarter {
  quarter: string;
  /** Past its cut-off it is a draft, which a mark still changes, or published: then the mark counts once a correction is published. */
  standing: 'open' | 'over' | 'published';
  /** RFC 3339: at which moment a mark of it is entered; unset: now. */
  time?: string;
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
      : [
          {
            quarter,
            standing: status === 'draft' ? 'over' : 'published',
            time: `${cutoff.slice(0, 10)}T23:59:00+08:00`,
          },
        ],
  );
  return [...open.map((quarter): MarkableQuarter => ({ quarter, standing: 'open' })), ...over];
}
