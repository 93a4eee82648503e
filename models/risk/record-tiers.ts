/**
 * Writes the tiers of a month into the log: `risk.scored` for a subject that never had one of ours, `tier.changed` where it is another
 * one than the last recorded. What plans and draws use is then in the log, and the log alone rebuilds it.
 */

import { OFFICE_UNIT } from '@hengjian/contract/office-unit.ts';
import { CommandError, type Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import type { WriteEvents } from '../publication/write-events.ts';
import { MICRO } from './indicators/load-indicators.ts';
import { liveBuild } from './queries/live-build.ts';
import { TIER_SOURCE } from './tier-source.ts';

const EVENTS_A_WRITE = 2_000;

export interface RecordedTiers {
  month: string;
  /** Subjects that had no recorded tier of ours, and subjects whose tier changed. */
  scored: number;
  changed: number;
}

interface Change {
  subject: string;
  tier: string;
  area: string;
  points: number;
  last_tier: string;
  reasons: { indicator: string; points: number }[];
}

/**
 * The month must have been built. Recording it again writes nothing.
 *
 * @throws CommandError where the month was not built or events are refused
 */
export async function recordTiers(
  warehouse: Warehouse,
  write: WriteEvents,
  month: string,
  now = new Date(),
): Promise<RecordedTiers> {
  const live = await liveBuild(warehouse, month);
  if (!live) throw new CommandError(`No tiers of ${month}; \`hengjian risk score ${month}\` makes them.`);
  const changes = await changesOf(warehouse, month, live.build);
  const events = changes.map((change) => ({
    specversion: '1.0',
    // One name for each build, so that a broken run can be repeated.
    id: `${month}-${change.subject}-${live.build}`,
    source: TIER_SOURCE,
    type: change.last_tier === '' ? 'risk.scored' : 'tier.changed',
    time: now.toISOString(),
    department: OFFICE_UNIT,
    ...(change.area ? { region: change.area } : {}),
    subject: change.subject,
    data: {
      model_version: `${live.indicators} ${live.version}`,
      tier: change.tier,
      reasons: change.reasons.map(({ indicator, points }) => ({ indicator, points: points / MICRO })),
      month,
      points: change.points / MICRO,
    },
  }));
  for (let i = 0; i < events.length; i += EVENTS_A_WRITE) {
    const { rejected } = await write(events.slice(i, i + EVENTS_A_WRITE));
    const [first] = rejected;
    if (first)
      throw new CommandError(
        `The tier of ${changes[i + first.index]!.subject} was not recorded: ${first.detail} (${first.reason}); ${rejected.length} of ${events.length} were refused.`,
      );
  }
  const scored = changes.filter((change) => change.last_tier === '').length;
  return { month, scored, changed: changes.length - scored };
}

function changesOf(warehouse: Warehouse, month: string, build: number): Promise<Change[]> {
  return warehouse.query<Change>(
    `SELECT t.subject AS subject, t.tier AS tier, t.area AS area, t.points AS points, e.last_tier AS last_tier, r.reasons AS reasons
     FROM (SELECT * FROM risk_tiers WHERE month = {month:String} AND build = {build:UInt64}) AS t
     LEFT JOIN (
       SELECT upper(subject) AS subject, argMax(JSONExtractString(facts, 'tier'), (time, recorded_at)) AS last_tier
       FROM ${READABLE_EVENTS} AS e WHERE type IN ('risk.scored', 'tier.changed') AND source = {source:String} GROUP BY subject
     ) AS e ON e.subject = t.subject
     LEFT JOIN (
       SELECT subject, groupArray(CAST(tuple(toString(indicator), points), 'Tuple(indicator String, points Int64)')) AS reasons
       FROM (SELECT * FROM risk_reasons WHERE month = {month:String} AND build = {build:UInt64} ORDER BY points DESC, indicator) GROUP BY subject
     ) AS r ON r.subject = t.subject
     WHERE t.tier != e.last_tier ORDER BY subject`,
    { month, build, source: TIER_SOURCE },
    { join_use_nulls: 0 },
  );
}
