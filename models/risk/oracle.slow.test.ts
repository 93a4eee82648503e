/** The SQL models of the tiers against plain TypeScript on random logs, and incremental months against a full rebuild. */
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { type IndicatorSet, loadIndicators } from './indicators/load-indicators.ts';
import { refreshRisk } from './refresh-risk.ts';
import { parseMonth, type RiskMonth } from './risk-month.ts';
import { randomRiskLog } from './testing/random-risk-log.ts';
import { type OracleTier, oracleTiers } from './testing/risk-oracle.ts';

const months = ['2024-12', '2025-05', '2025-06'].map((id) => parseMonth(id)!);
const now = new Date('2025-07-10T00:00:00Z');

async function stored(temporary: TemporaryWarehouse, month: RiskMonth) {
  const live = '(month, build) IN (SELECT month, max(build) FROM risk_builds GROUP BY month)';
  const where = `WHERE month = '${month.id}' AND ${live} ORDER BY ALL`;
  const tiers = await temporary.warehouse.query<OracleTier & { name: string }>(
    `SELECT * EXCEPT (month, build) FROM risk_tiers ${where}`,
  );
  const reasons = await temporary.warehouse.query<{
    subject: string;
    indicator: string;
    points: number;
    events: { id: string; points: number }[];
  }>(`SELECT * EXCEPT (month, build) FROM risk_reasons ${where}`);
  return { tiers, reasons };
}

/** The stored rows in the oracle's words. */
function inOracleWords({ tiers, reasons }: Awaited<ReturnType<typeof stored>>): OracleTier[] {
  return tiers.map(({ subject, points, tier_by_points, tier, direct, given_tier }) => {
    const own = reasons.filter((reason) => reason.subject === subject);
    const named = own.map(({ indicator, points, events }) => [
      indicator,
      { points, events: events.map(({ id }) => id).sort() },
    ]);
    return { subject, points, tier_by_points, tier, direct, given_tier, reasons: Object.fromEntries(named) };
  });
}

const bySubject = (tiers: readonly OracleTier[]) => tiers.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));

describe('tiers of random logs', () => {
  let temporary: TemporaryWarehouse;
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(() => temporary.close());

  const byShares = (): IndicatorSet => {
    const { thresholds: _, ...set } = loadIndicators();
    return {
      ...set,
      shares: [40, 66.67, 90],
      hash: 'by-shares',
      indicators: set.indicators.map((i) => (i.id === 'crowded_address' ? { ...i, same_address: 3 } : i)),
    };
  };

  it.each(
    Array.from({ length: Number(process.env.ORACLE_RUNS ?? 1) }, (_, k) => 20250630 + k).flatMap((seed) => [
      ['thresholds', seed, loadIndicators] as const,
      ['shares', seed, byShares] as const,
    ]),
  )('batch after batch equal the oracle, and a full rebuild row for row (%s, seed %i)', async (_, seed, setOf) => {
    const set = setOf();
    const { warehouse } = temporary;
    const batches = fc.sample(randomRiskLog(3, 40), { seed, numRuns: 1 })[0]!;
    await warehouse.command('TRUNCATE TABLE events');
    for (const table of ['risk_builds', 'risk_tiers', 'risk_reasons'])
      await warehouse.command(`TRUNCATE TABLE ${table}`);
    const log: TestEvent[] = [];
    for (const [k, batch] of batches.entries()) {
      log.push(...batch);
      await loadEvents(warehouse, batch, `2025-07-0${k + 1} 08:00:00.000000`);
      await refreshRisk(warehouse, set, { months: k === 0 ? months : [], now });
      for (const month of months)
        expect(inOracleWords(await stored(temporary, month))).toEqual(bySubject(oracleTiers(log, set, month.end)));
    }
    const before = await Promise.all(months.map((month) => stored(temporary, month)));
    // Enough happens in it, and reasons sum to the index.
    expect(new Set(before.flatMap(({ tiers }) => tiers.map(({ tier }) => tier))).size).toBeGreaterThan(2);
    for (const { tiers, reasons } of before)
      for (const { subject, points } of tiers) {
        const own = reasons.filter((reason) => reason.subject === subject);
        expect(own.reduce((sum, reason) => sum + reason.points, 0)).toBe(points);
      }
    expect(await refreshRisk(warehouse, set, { months, now })).toEqual([]);
    expect(await refreshRisk(warehouse, set, { months, now, full: true })).toEqual(months.map(({ id }) => id));
    expect(await Promise.all(months.map((month) => stored(temporary, month)))).toEqual(before);
  });
});
