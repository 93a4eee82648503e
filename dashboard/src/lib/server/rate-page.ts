import type { RatePage } from '@hengjian/models/ruleset/rate-pages.ts';
import { type ChosenQuarter, quarterOf } from './quarter-of.ts';
import { refuse } from './refuse.ts';

export interface RatePageScene extends ChosenQuarter {
  /** false: the rule set has no such page. */
  present: boolean;
}

/** What each page of a rule set without points begins with. @throws the refusal of a period that does not exist */
export async function ratePageOf(locals: App.Locals, url: URL, page: RatePage): Promise<RatePageScene> {
  const chosen = await quarterOf(locals, url);
  const { quarter, entry } = chosen;
  if (quarter && !entry) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: quarter }, { quarter });
  const { pages } = locals.parts.ruleSets.find(({ id }) => id === locals.ruleset)!;
  return { ...chosen, present: pages.includes(page) };
}
