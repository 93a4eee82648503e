import { type RatePage, ratePages } from '@hengjian/models/ruleset/rate-pages.ts';
import { type ChosenQuarter, quarterOf } from './quarter-of.ts';
import { quarterRules } from './quarter-rules.ts';
import { refuse } from './refuse.ts';

export interface RatePageScene extends ChosenQuarter {
  /** false: the rule set has no such page, as it scores the period. */
  present: boolean;
}

/** What each page of a rule set without points begins with. @throws the refusal of a period that does not exist */
export async function ratePageOf(locals: App.Locals, url: URL, page: RatePage): Promise<RatePageScene> {
  const chosen = await quarterOf(locals, url);
  const { quarter, entry } = chosen;
  if (quarter && !entry) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: quarter }, { quarter });
  return { ...chosen, present: ratePages(quarterRules(locals, quarter)).includes(page) };
}
