import type { StreamSource } from '../queries/stream-sources.ts';
import type { UnreadableRejects } from '../queries/stream-unreadable.ts';
import type { RejectsAboveShare } from './alert.ts';
import { alertThresholds } from './alert-thresholds.ts';

/** Whether surely more of a source's recent events are refused (and still open) than allowed. */
export function rejectsShare(
  source: Pick<StreamSource, 'source' | 'recent_events' | 'recent_duplicates' | 'recent_rejects'>,
): RejectsAboveShare | undefined {
  // Of rejects without a known source there are only rejects: what share they are depends on what else came that way.
  if (source.source === '') return undefined;
  const rejects = source.recent_rejects;
  const n = source.recent_events + source.recent_duplicates + rejects;
  return judge(n, rejects, { source: source.source });
}

/** The same for rejects whose source is not known, among all that came by the same file, key or topic. */
export function unreadableShare({ origin, n, rejects }: UnreadableRejects): RejectsAboveShare | undefined {
  return judge(n, rejects, { source: '', origin });
}

function judge(
  n: number,
  rejects: number,
  subject: Pick<RejectsAboveShare, 'source' | 'origin'>,
): RejectsAboveShare | undefined {
  const { minEvents, share, z } = alertThresholds.rejects_above_share;
  if (n < minEvents || wilsonLower(rejects, n, z) <= share) return undefined;
  return { alert: 'rejects_above_share', ...subject, n, rejects, share: rejects / n, allowed_share: share };
}

/** Lower end of the Wilson score interval of a share (Wilson 1927): `hits` of `n`, `z` standard deviations. */
export function wilsonLower(hits: number, n: number, z: number): number {
  const share = hits / n;
  const square = (z * z) / n;
  const half = z * Math.sqrt((share * (1 - share)) / n + square / (4 * n));
  return Math.max(0, (share + square / 2 - half) / (1 + square));
}
