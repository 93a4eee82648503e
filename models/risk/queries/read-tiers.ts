import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { readBatches } from '../../queries/statement.ts';
import { MICRO } from '../indicators/load-indicators.ts';
import { industrySection } from '../maps/industry-section.ts';
import { liveBuild } from './live-build.ts';
import { type RiskAnswer, refuse, tierAreas } from './risk-answer.ts';

/** Subjects that are held at once, of however many. */
const BATCH = 5_000;

export interface TierEntry {
  subject: string;
  name: string;
  area: string;
  industry: string;
  /** Index, in points. */
  points: number;
  tier: string;
  tier_by_points: string;
  /** Indicators that assigned the tier directly. */
  direct: string[];
  /** Tier of the provincial classification, where one came in. */
  given_tier: string | null;
}

export interface TierList {
  month: string;
  indicators: { id: string; version: string };
  as_of_day: string;
  /** Points from which the second, third … tier begins; empty without subjects. */
  begins: number[];
  tiers: { tier: string; subjects: number; direct: number; differs: number }[];
  /** Riskiest first. */
  subjects: TierEntry[];
}

export interface TierFilter {
  month: string;
  /** Of subjects; all by default. */
  limit?: number | undefined;
  offset?: number;
  /** Only these: '' or left out, all. `industry` is a GB/T 4754 section letter. */
  area?: string;
  industry?: string;
  tiers?: readonly string[];
  /** Whose provincial tier is another one, or whose tier was assigned directly. */
  only?: 'differs' | 'direct' | '';
}

/** A list whose subjects are read as they are taken: a city has millions. */
export interface OpenTierList {
  head: Omit<TierList, 'subjects'>;
  /** In order; may be read again. */
  subjects(): AsyncGenerator<TierEntry[]>;
}

/** The tiers of a month within the scope. */
export async function readTiers(warehouse: Warehouse, scope: Scope, filter: TierFilter): Promise<RiskAnswer<TierList>> {
  const answer = await openTiers(warehouse, scope, filter);
  if (!answer.ok) return answer;
  const subjects: TierEntry[] = [];
  for await (const batch of answer.value.subjects()) for (const subject of batch) subjects.push(subject);
  return { ok: true, value: { ...answer.value.head, subjects } };
}

/** As `readTiers`, its subjects not read yet. */
export async function openTiers(
  warehouse: Warehouse,
  scope: Scope,
  { month, limit, offset = 0, ...filter }: TierFilter,
): Promise<RiskAnswer<OpenTierList>> {
  const areas = tierAreas(scope);
  if (!areas) return refuse('forbidden', 'Risk tiers are seen by the office and auditors only.');
  const live = await liveBuild(warehouse, month);
  if (!live) return refuse('unknown_month', `No tiers of ${month}; \`hengjian risk score ${month}\` makes them.`);
  const seen = areas === 'all' ? '1' : 'has({areas:Array(String)}, toString(area))';
  const { area = '', industry = '', tiers = [], only = '' } = filter;
  const params = {
    ...{ month, build: live.build, areas: areas === 'all' ? [] : areas, limit: limit ?? 0, offset },
    ...{ area, section: industry, tiers, only },
  };
  const rows = `FROM risk_tiers WHERE month = {month:String} AND build = {build:UInt64} AND ${seen}
    AND ({area:String} = '' OR toString(risk_tiers.area) = {area:String}) AND (empty({tiers:Array(String)}) OR has({tiers:Array(String)}, toString(risk_tiers.tier)))
    AND ({section:String} = '' OR ${industrySection('toString(risk_tiers.industry)')} = {section:String})
    AND multiIf({only:String} = 'differs', risk_tiers.given_tier != '' AND risk_tiers.given_tier != risk_tiers.tier, {only:String} = 'direct',
      notEmpty(risk_tiers.direct), 1)`;
  const counts = await warehouse.query<TierList['tiers'][number] & { cuts: number[] }>(
    `SELECT tier, count() AS subjects, countIf(notEmpty(direct)) AS direct,
       countIf(given_tier != '' AND given_tier != tier) AS differs, any(cuts) AS cuts ${rows} GROUP BY tier ORDER BY tier`,
    params,
  );
  const sql = `SELECT subject, name, area, industry, points / ${MICRO} AS points, tier, tier_by_points, direct,
      if(given_tier = '', NULL, toString(given_tier)) AS given_tier
    ${rows} ORDER BY tier DESC, risk_tiers.points DESC, subject ${limit === undefined ? '' : 'LIMIT {limit:UInt32} OFFSET {offset:UInt32}'}`;
  return {
    ok: true,
    value: {
      head: {
        month,
        indicators: { id: live.indicators, version: live.version },
        as_of_day: live.as_of_day,
        begins: (counts[0]?.cuts ?? []).map((cut) => (cut + 1) / MICRO),
        tiers: counts.map(({ cuts: _, ...count }) => count),
      },
      subjects: () => readBatches<TierEntry>(warehouse, { sql, params }, BATCH),
    },
  };
}
