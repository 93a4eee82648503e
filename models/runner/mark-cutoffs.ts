import { CalendarError } from '../calendar/notice.ts';
import { type Period, parsePeriod, periodBeside, periodOf } from '../calendar/period.ts';
import type { Project } from './project.ts';
import { cutoffOf } from './quarter-scope.ts';
import { FAR_FUTURE, moment, quote } from './variables.ts';

/** No cut-off comes so many quarters late. */
const QUARTERS_BACK = 4;

/**
 * Until when marks of a quarter count that are awarded within the period, as pairs (quarter, last moment), the earliest first: what the
 * balance of events judges marks by that came too late. Quarters before them are over.
 */
export function markCutoffs(project: Pick<Project, 'ruleSet' | 'calendar'>, period: Period | null): string {
  const pairs = period ? pairsOf(project, period) : [];
  return `CAST([${pairs.join(', ')}], 'Array(Tuple(String, DateTime64(6, \\'Asia/Shanghai\\')))')`;
}

function pairsOf(project: Pick<Project, 'ruleSet' | 'calendar'>, { start, end }: Period): string[] {
  const last = periodOf('quarter', end);
  const pairs: string[] = [];
  for (let step = -QUARTERS_BACK; ; step += 1) {
    const id = periodBeside({ type: 'quarter', start: parsePeriod(periodOf('quarter', start))!.start }, step);
    if (id > last) return pairs;
    // Before 2010 there are none.
    const quarter = parsePeriod(id);
    const cutoff = quarter && knownCutoff(project, quarter);
    if (cutoff) pairs.push(`(${quote(id)}, ${moment(cutoff)})`);
  }
}

/** undefined where no notice says. */
function knownCutoff(project: Pick<Project, 'ruleSet' | 'calendar'>, quarter: Period): string | undefined {
  try {
    return cutoffOf(quarter, project, new Date()) ?? FAR_FUTURE;
  } catch (error) {
    if (error instanceof CalendarError) return undefined;
    throw error;
  }
}
