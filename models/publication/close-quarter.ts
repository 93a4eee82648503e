/** The first publication of a quarter, or of a month or year that the rule set keeps (publication.md §4, `close`). */
import { addDays } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import { openObjections, readDraftWindow } from '../objections/read-objections.ts';
import { localNow } from '../runner/local-now.ts';
import { cutoffOf, localDay } from '../runner/quarter-scope.ts';
import { carryOver } from './carry-over.ts';
import { alreadyPublished, freeze, type Publisher, publish, refuseNumbers } from './publish.ts';
import { publishablePeriod } from './publishable-period.ts';
import { latestOf, type Publication, readChain } from './read-chain.ts';
import { RefusedAct } from './refused-act.ts';

export interface Closing {
  publication: Publication;
  /** No draft was shown, so no unit could object. */
  withoutWindow: boolean;
}

/**
 * @param despite why it is closed although objections are unanswered; stands in the record
 * @throws RefusedAct where it is published already, too early, or contested
 */
export async function closeQuarter(publisher: Publisher, id: string, despite?: string): Promise<Closing> {
  const quarter = publishablePeriod(publisher.project.ruleSet, id);
  if (despite !== undefined && despite.trim() === '')
    throw new RefusedAct('despite_reason', {}, '--despite-open-objections needs a reason: it stands in the record.');
  refuseNumbers(despite ?? '');
  await carryOver(publisher);
  const other = latestOf(await readChain(publisher.warehouse), publisher.project.ruleSet.id, quarter.id);
  if (other) throw alreadyPublished(other);
  refuseBeforeCutoff(publisher, quarter);
  const { withoutWindow, reason } = await contested(publisher, quarter, despite);
  const frozen = await freeze(publisher, quarter);
  try {
    return { publication: await publish(publisher, frozen, undefined, reason), withoutWindow };
  } finally {
    await frozen.built.drop();
  }
}

function refuseBeforeCutoff({ project, now = new Date() }: Publisher, quarter: Period): void {
  const cutoff = cutoffOf(quarter, project, now);
  if (cutoff !== null && localNow(now) > cutoff) return;
  const until = cutoff?.slice(0, 10);
  throw new RefusedAct(
    until ? 'before_cutoff' : 'cutoff_unknown',
    until ? { quarter: quarter.id, until, from: addDays(until, 1) } : { quarter: quarter.id, year: quarter.year + 1 },
    until
      ? `${quarter.id} cannot be published yet: events count up to ${until}. Close it on ${addDays(until, 1)} or later.`
      : `${quarter.id} cannot be published yet: events count up to its cut-off in ${quarter.year + 1}, which has no holiday notice yet.`,
  );
}

async function contested(
  { warehouse, project, now = new Date() }: Publisher,
  quarter: Period,
  despite: string | undefined,
): Promise<{ withoutWindow: boolean; reason: string }> {
  const window = await readDraftWindow(warehouse, project, quarter.id);
  if (window && localDay(now) <= window.until)
    throw new RefusedAct(
      'window_open',
      { quarter: quarter.id, shown: window.shownOn, until: window.until, from: addDays(window.until, 1) },
      `${quarter.id} cannot be published yet: its draft was shown on ${window.shownOn}, and units may object up to ${window.until}. Close it on ${addDays(window.until, 1)} or later.`,
    );
  const open = await openObjections(warehouse, project, quarter.id);
  if (open.length > 0 && despite === undefined)
    throw new RefusedAct(
      'objections_open',
      { quarter: quarter.id, n: open.length },
      `${quarter.id} has ${open.length} unanswered objection${open.length > 1 ? 's' : ''} (${open
        .map(({ objectionId, unit, item }) => `${objectionId}: ${unit} ${item}`)
        .join(', ')}). Answer with \`hengjian objection answer\`, or close with --despite-open-objections REASON.`,
    );
  return { withoutWindow: window === undefined, reason: open.length > 0 ? (despite ?? '') : '' };
}
