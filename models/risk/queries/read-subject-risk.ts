import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { describeIndicator } from '../indicators/describe-indicator.ts';
import { type IndicatorSet, MICRO } from '../indicators/load-indicators.ts';
import { type Outlook, outlook, type StoredReason } from '../outlook.ts';
import { givenReasons } from './given-reasons.ts';
import { type LiveBuild, liveBuild } from './live-build.ts';
import { type RiskAnswer, refuse, tierAreas } from './risk-answer.ts';

export interface SubjectRisk {
  subject: string;
  name: string;
  kind: string;
  area: string;
  industry: string;
  month: string;
  as_of_day: string;
  indicators: { id: string; version: string };
  points: number;
  /** Points from which the second, third … tier begins. */
  begins: number[];
  tier: string;
  tier_by_points: string;
  /** Their points sum to the index. */
  reasons: {
    indicator: string;
    name: { zh: string; en: string };
    family: string;
    /** Tier it assigns directly, else null. */
    tier: string | null;
    points: number;
    /** Points of its events before the cap. */
    uncapped: number;
    clause: string;
    events: { source: string; id: string; day: string; points: number }[];
  }[];
  /** The provincial classification beside ours. */
  given: {
    tier: string;
    source: string;
    id: string;
    day: string;
    differs: boolean;
    /** As its event says them in words; empty where it says none. */
    reasons: string[];
  } | null;
  history: { month: string; points: number; tier: string; given_tier: string | null }[];
  outlook: Outlook;
}

interface TierRow {
  name: string;
  kind: string;
  area: string;
  industry: string;
  points: number;
  cuts: number[];
  tier: string;
  tier_by_points: string;
  given_tier: string;
  given_source: string;
  given_id: string;
  given_day: string | null;
}

/** Why a subject has its tier in a month, how it came there, and what would change it. */
export async function readSubjectRisk(
  warehouse: Warehouse,
  scope: Scope,
  set: IndicatorSet,
  { subject, month }: { subject: string; month: string },
): Promise<RiskAnswer<SubjectRisk>> {
  const areas = tierAreas(scope);
  if (!areas) return refuse('forbidden', 'Risk tiers are seen by the office and auditors only.');
  const live = await liveBuild(warehouse, month);
  if (!live) return refuse('unknown_month', `No tiers of ${month}; \`hengjian risk score ${month}\` makes them.`);
  const params = { subject, month, build: live.build };
  const at = 'month = {month:String} AND build = {build:UInt64} AND subject = {subject:String}';
  const [row] = await warehouse.query<TierRow>(
    `SELECT name, kind, area, industry, points, cuts, tier, tier_by_points, given_tier, given_source, given_id,
       toString(given_day) AS given_day FROM risk_tiers WHERE ${at}`,
    params,
  );
  // What lies outside the scope is not known to exist.
  if (!row || (areas !== 'all' && !areas.includes(row.area)))
    return refuse('unknown_subject', `${subject} is not in the register of ${month}.`);
  const reasons = await warehouse.query<StoredReason & { uncapped: number }>(
    `SELECT indicator, tier, points, uncapped, events FROM risk_reasons WHERE ${at} ORDER BY tier DESC, points DESC, indicator`,
    params,
  );
  const given = row.given_tier ? await givenReasons(warehouse, scope, row) : [];
  return { ok: true, value: await assemble(warehouse, set, { subject, month, live, row, reasons, given }) };
}

interface Found {
  subject: string;
  month: string;
  live: LiveBuild;
  row: TierRow;
  reasons: (StoredReason & { uncapped: number })[];
  given: string[];
}

async function assemble(
  warehouse: Warehouse,
  set: IndicatorSet,
  { subject, month, live, row, reasons, given }: Found,
): Promise<SubjectRisk> {
  const history = await warehouse.query<SubjectRisk['history'][number]>(
    `SELECT month, points / ${MICRO} AS points, tier, if(given_tier = '', NULL, toString(given_tier)) AS given_tier
     FROM risk_tiers WHERE subject = {subject:String}
       AND (month, build) IN (SELECT month, max(build) FROM risk_builds GROUP BY month) ORDER BY month`,
    { subject },
  );
  const { name, kind, area, industry, tier, tier_by_points } = row;
  return {
    subject,
    name,
    kind,
    area,
    industry,
    month,
    as_of_day: live.as_of_day,
    indicators: { id: live.indicators, version: live.version },
    points: row.points / MICRO,
    begins: row.cuts.map((cut) => (cut + 1) / MICRO),
    tier,
    tier_by_points,
    reasons: reasons.map((reason) => ({ ...describeIndicator(set, reason.indicator), ...inPoints(reason) })),
    given: row.given_tier
      ? {
          tier: row.given_tier,
          source: row.given_source,
          id: row.given_id,
          day: row.given_day!,
          differs: row.given_tier !== tier,
          reasons: given,
        }
      : null,
    history,
    outlook: outlook(set, row.cuts, reasons, live.as_of_day),
  };
}

function inPoints({ tier, points, uncapped, events }: Found['reasons'][number]) {
  return {
    tier: tier || null,
    points: points / MICRO,
    uncapped: uncapped / MICRO,
    events: events.map((event) => ({ ...event, points: event.points / MICRO })),
  };
}
