import type { YearScores } from '@hengjian/models/scoring/score-year.ts';
import { judgingDay } from '#lib/quarter/judging-day.ts';

/** The year that an address asks for (the last published one by default), and those there are, latest first. */
export async function shownYear(
  { parts, scope, ruleset }: App.Locals,
  url: URL,
): Promise<{ years: number[]; year: YearScores }> {
  const chain = (await parts.acts.chain(scope)).filter(({ snapshot }) => snapshot.ruleset.id === ruleset);
  const years = [...new Set(chain.map(({ record }) => Number(record.quarter.slice(0, 4))))].sort((a, b) => b - a);
  const asked = Number(url.searchParams.get('year') || (years[0] ?? judgingDay(null, new Date()).slice(0, 4)));
  return { years, year: await parts.acts.year(parts.figures, scope, ruleset, asked) };
}
