import type { Warehouse } from '@hengjian/warehouse';
import type { RuleSet } from '../ruleset/rule-set.ts';
import type { Snapshot, SnapshotItemScore, SnapshotUnitScore } from './publication-record.ts';

/** The marts of one quarter as `score-snapshot-v1`. @param cutoff last microsecond that counts, local wall time */
export async function readSnapshot(
  warehouse: Warehouse,
  ruleSet: Pick<RuleSet, 'id' | 'version' | 'hash'>,
  quarter: string,
  cutoff: string,
): Promise<Snapshot> {
  const units = await warehouse.query<Omit<SnapshotUnitScore, 'items'>>(
    `SELECT unit, rank, total_exact AS total FROM mart_unit_scores WHERE quarter = {quarter:String}`,
    { quarter },
  );
  const items = await warehouse.query<SnapshotItemScore & { unit: string; rank: number | null }>(
    `SELECT unit, item, weight_exact AS weight, points_exact AS points, numerator, denominator, on_time, rank
     FROM mart_item_scores WHERE quarter = {quarter:String}`,
    { quarter },
  );
  const byUnit = Map.groupBy(items, ({ unit }) => unit);
  return {
    spec: 'score-snapshot-v1',
    quarter,
    ruleset: { id: ruleSet.id, version: ruleSet.version, sha256: ruleSet.hash },
    cutoff: cutoff.slice(0, 10),
    units: units
      .map((unit) => ({
        ...unit,
        items: (byUnit.get(unit.unit) ?? [])
          // Items with points have no rank of their own.
          .map(({ unit: _, rank, ...item }) => (item.points === null ? { ...item, rank } : item))
          .sort((a, b) => byCodeUnits(a.item, b.item)),
      }))
      .sort((a, b) => byCodeUnits(a.unit, b.unit)),
  };
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
