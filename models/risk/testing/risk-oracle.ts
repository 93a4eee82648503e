/** The tiers of a month once more, in plain TypeScript over the events, to check the SQL models against. */
import type { TestEvent } from '../../testing/load-events.ts';
import type { DirectRule, Indicator } from '../indicators/indicator-schema.ts';
import type { IndicatorSet } from '../indicators/load-indicators.ts';

export interface OracleTier {
  subject: string;
  points: number;
  tier_by_points: string;
  tier: string;
  direct: string[];
  given_tier: string;
  /** indicator → millionths of a point and ids of events. */
  reasons: Record<string, { points: number; events: string[] }>;
}

const DAY = 86_400_000;
const dayOf = (text: string): number => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY;

export function oracleTiers(events: readonly TestEvent[], set: IndicatorSet, asOfDay: string): OracleTier[] {
  const live = liveEvents(events.filter(({ time }) => time.slice(0, 10) <= asOfDay));
  const register = registerOf(live, set);
  const tiers = [...register].map(([subject, address]) => {
    const own = live.filter((event) => event.subject === subject);
    const neighbours = address === '' ? 1 : [...register.values()].filter((other) => other === address).length;
    const reasons: OracleTier['reasons'] = {};
    for (const rule of [...set.indicators, ...set.direct]) {
      const evidence = evidenceOf(rule, own, asOfDay, neighbours);
      if (evidence.length === 0) continue;
      const points = 'weight' in rule ? pointsOf(rule, evidence, asOfDay) : 0;
      if (points > 0 || 'tier' in rule) reasons[rule.id] = { points, events: evidence.map(({ id }) => id).sort() };
    }
    const points = Object.values(reasons).reduce((sum, reason) => sum + reason.points, 0);
    return { subject, points, reasons, given_tier: givenOf(own) };
  });
  const sorted = tiers.map(({ points }) => points).sort((a, b) => a - b);
  return tiers.map((entry) => {
    const rank = set.thresholds
      ? set.thresholds.filter((threshold) => entry.points >= threshold * 1e6).length
      : set.shares!.filter(
          (percent) =>
            entry.points > sorted[Math.max(1, Math.ceil((Math.round(percent * 100) * sorted.length) / 10_000)) - 1]!,
        ).length;
    const direct = set.direct.filter(({ id }) => id in entry.reasons);
    const ranks = [rank, ...direct.map(({ tier }) => set.tiers.indexOf(tier))];
    return {
      ...entry,
      tier_by_points: set.tiers[rank]!,
      tier: set.tiers[Math.max(...ranks)]!,
      direct: direct.map(({ id }) => id).sort(),
    };
  });
}

/** Without what was voided; a void that is voided itself has no effect. No circles here. */
function liveEvents(events: readonly TestEvent[]): TestEvent[] {
  const isLive = (event: TestEvent): boolean =>
    !events.some(
      (other) =>
        other.type === 'event.voided' &&
        other.data.event_id === event.id &&
        other.data.event_source === event.source &&
        isLive(other),
    );
  return events.filter(isLive);
}

const later = (a: TestEvent, b: TestEvent): number =>
  a.time === b.time ? (a.id < b.id ? -1 : 1) : a.time < b.time ? -1 : 1;
const latestOf = (events: readonly TestEvent[], type: string): TestEvent | undefined =>
  events
    .filter((event) => event.type === type)
    .sort(later)
    .at(-1);

/** Subjects in the register with their address. */
function registerOf(live: readonly TestEvent[], set: IndicatorSet): Map<string, string> {
  const bearing = new Set([...set.indicators, ...set.direct].map(({ event }) => event));
  const register = new Map<string, string>();
  for (const subject of new Set(live.map((event) => event.subject ?? ''))) {
    if (subject === '') continue;
    const own = live.filter((event) => event.subject === subject);
    const registered = latestOf(own, 'entity.registered');
    const ended = [latestOf(own, 'entity.cancelled'), latestOf(own, 'entity.revoked')].filter(
      (event) => event !== undefined,
    );
    if (!registered && !own.some(({ type }) => bearing.has(type))) continue;
    if (ended.some(({ time }) => !registered || time >= registered.time)) continue;
    register.set(subject, String(registered?.data.address ?? ''));
  }
  return register;
}

function evidenceOf(
  rule: Indicator | DirectRule,
  own: readonly TestEvent[],
  asOfDay: string,
  neighbours: number,
): TestEvent[] {
  if (neighbours < (rule.same_address ?? 0)) return [];
  return own.filter((event) => {
    if (event.type !== rule.event) return false;
    if (rule.latest && latestOf(own, rule.event) !== event) return false;
    if (rule.window_days && dayOf(asOfDay) - dayOf(event.time) > rule.window_days) return false;
    if (rule.cleared_by && own.some((other) => other.type === rule.cleared_by && other.time >= event.time))
      return false;
    if (
      rule.repairable &&
      own.some(
        (other) =>
          other.type === 'repair.approved' && [event.id, event.data.doc_no].includes(other.data.record_id as string),
      )
    )
      return false;
    if (!rule.where) return true;
    const values = [event.data[rule.where.member]].flat();
    if ('at_least' in rule.where) return Number(values[0] ?? 0) >= rule.where.at_least;
    if ('one_of' in rule.where) return rule.where.one_of.some((one) => values.includes(one));
    return rule.where.starts_with.some((prefix) => values.some((value) => String(value ?? '').startsWith(prefix)));
  });
}

function pointsOf(indicator: Indicator, evidence: readonly TestEvent[], asOfDay: string): number {
  const weight = Math.round(indicator.weight * 1e6);
  const window = indicator.window_days;
  let sum = 0;
  for (const event of evidence) {
    const age = dayOf(asOfDay) - dayOf(event.time);
    sum += window && indicator.decay !== 'none' ? Math.floor((weight * (window - age)) / window) : weight;
  }
  return Math.min(sum, indicator.cap ? Math.round(indicator.cap * 1e6) : sum);
}

function givenOf(own: readonly TestEvent[]): string {
  const given = own.filter(({ type, data }) => ['risk.scored', 'tier.changed'].includes(type) && data.tier);
  return String(given.sort(later).at(-1)?.data.tier ?? '');
}
