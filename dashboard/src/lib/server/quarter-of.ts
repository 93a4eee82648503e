import type { QuarterEntry } from '@hengjian/models/queries/list-quarters.ts';
import { judgingDay, lastFullDay } from '#lib/quarter/judging-day.ts';
import { chooseQuarter } from '#lib/ranking/choose-quarter.ts';

export interface ChosenQuarter {
  /** What the reader may choose from, newest first: quarters, and the months and years that the rule set keeps. */
  quarters: QuarterEntry[];
  /** The period asked for or the latest finished quarter; undefined while there is none. */
  quarter: string | undefined;
  /** Its entry; undefined when the period asked for does not exist. */
  entry: QuarterEntry | undefined;
  /** The day on which "open" and "overdue" are judged. */
  on: string;
  /** The last day whose duties are counted. */
  until: string;
}

/** The period a page or data route is about, from `?quarter=`. */
export async function quarterOf({ figures }: App.Locals, url: URL): Promise<ChosenQuarter> {
  const quarters = await figures.periods();
  const quarter = chooseQuarter(quarters, url.searchParams.get('quarter'));
  const entry = quarters.find((candidate) => candidate.quarter === quarter);
  const cutoff = entry?.cutoff ?? null;
  const now = new Date();
  return { quarters, quarter, entry, on: judgingDay(cutoff, now), until: lastFullDay(cutoff, now) };
}
