import { EVERYTHING, type Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { parseQuarter } from '../calendar/quarter.ts';
import { closeQuarter } from '../index.ts';
import { rankRanges } from '../queries/read-rank-ranges.ts';
import { readRows } from '../queries/statement.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { goldenG1, goldenG2 } from '../testing/golden-log.ts';
import { loadEvents } from '../testing/load-events.ts';
import type { Reading as OracleReading } from '../testing/oracle/district.ts';
import { oracleScores } from '../testing/oracle/score-oracle.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { type RangeResult, rankRange } from './rank-range.ts';
import { allReadings, neighboursOf, type Reading, readingOf } from './readings.ts';
import { staleRanges, storeRankRanges } from './store-rank-ranges.ts';

/** Rank of a unit under a reading, counted: one more than the units with a higher total. */
function rankUnder(range: RangeResult, reading: Reading, unit: string): number {
  const totals = range.totals(reading);
  return 1 + [...totals.values()].filter((total) => total.compare(totals.get(unit)!) > 0).length;
}

describe('rankRange', () => {
  let temporary: TemporaryWarehouse;
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(() => temporary.close());

  it('scores every admissible reading as the oracle does', async () => {
    const events = [...goldenG1(), ...goldenG2()];
    const project = loadProject();
    await loadEvents(temporary.warehouse, events);
    await refresh(temporary.warehouse, project, { quarters: ['2025Q2'] });
    const range = await rankRange(temporary.warehouse, project, parseQuarter('2025Q2')!);
    expect(range.readings).toBe(1536);
    expect(range.units).toHaveLength(14);
    const xzsp = range.units.find(({ unit }) => unit === 'xzsp')!;
    expect(xzsp.best).toBeLessThanOrEqual(xzsp.worst);
    // Every 61st covers each value of each parameter.
    const some = allReadings().filter((_, i) => i % 61 === 0);
    for (const reading of some) {
      const totals = range.totals(reading);
      for (const { unit, total } of oracleScores(events, '2025Q2', loadCalendar(), reading as unknown as OracleReading))
        expect([reading, unit, totals.get(unit)!.toFraction()]).toEqual([reading, unit, total.toString()]);
      for (const { unit, best, worst } of range.units) {
        const rank = rankUnder(range, reading, unit);
        expect([unit, best <= rank && rank <= worst]).toEqual([unit, true]);
      }
    }
    // The mover is the single choice that moves most, by counting.
    const present = readingOf(project.ruleSet.parameters);
    for (const { unit, rank, mover } of range.units) {
      expect(rank).toBe(rankUnder(range, present, unit));
      const most = Math.max(
        ...neighboursOf(present).map(({ reading }) => Math.abs(rankUnder(range, reading, unit) - rank)),
      );
      expect([unit, Math.abs((mover?.rank ?? rank) - rank)]).toEqual([unit, most]);
    }
    expect(range.units.some(({ lowest, highest }) => lowest !== highest)).toBe(true);
  }, 600_000);

  it('keeps them beside a draft: for whom they are, until the scores change, not once published', async () => {
    const { warehouse } = temporary;
    const project = loadProject();
    const read = (scope: Scope) => readRows(warehouse, rankRanges(scope, 'nantong-etdz', '2025Q2'));
    expect(await read(EVERYTHING)).toEqual([]);
    const [stale, ...more] = (await staleRanges(warehouse, project)).filter(({ quarter }) => quarter === '2025Q2');
    expect(more).toEqual([]);
    expect(await storeRankRanges(warehouse, project, stale!)).toBe(true);
    const shown = await warehouse.query<{ unit: string; rank: number }>(
      "SELECT unit, rank FROM shown_unit_scores WHERE quarter = '2025Q2' ORDER BY rank, unit",
    );
    const rows = await read(EVERYTHING);
    expect(rows.map(({ unit, rank }) => ({ unit, rank }))).toEqual(shown);
    expect((await staleRanges(warehouse, project)).map(({ quarter }) => quarter)).not.toContain('2025Q2');

    const unit: Scope = { account: 'u', roles: ['unit'], units: ['xzsp'], areas: 'all' };
    expect((await read(unit)).map((row) => row.unit)).toEqual(['xzsp']);
    expect(await read({ ...EVERYTHING, areas: ['320671001'] })).toEqual([]);
    expect(await read({ ...EVERYTHING, roles: ['admin'] })).toEqual([]);

    await loadEvents(warehouse, [{ ...goldenG1()[0]!, id: 'one-more', department: 'czj' }]);
    await refresh(warehouse, project);
    const [again] = (await staleRanges(warehouse, project)).filter(({ quarter }) => quarter === '2025Q2');
    expect(again!.build).toBeGreaterThan(stale!.build);
    // Of scores that nobody is shown any more nothing is kept.
    expect(await storeRankRanges(warehouse, project, stale!)).toBe(false);
    expect(await storeRankRanges(warehouse, project, again!)).toBe(true);

    await closeQuarter({ warehouse, project, write: writeDirectly(warehouse), by: 'office' }, '2025Q2');
    expect(await read(EVERYTHING)).toEqual([]);
    expect((await staleRanges(warehouse, project)).map(({ quarter }) => quarter)).not.toContain('2025Q2');
  }, 600_000);
});
