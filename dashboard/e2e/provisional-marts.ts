import { readFileSync } from 'node:fs';
import type { Warehouse } from '@hengjian/warehouse';

/** Until the models build them: the marts of the sample's answers, by plain inserts. */
export async function fillMarts(warehouse: Warehouse): Promise<void> {
  for (const sql of [
    'CREATE TABLE IF NOT EXISTS quarters (quarter String, status String, ruleset String, version String, hash String, cutoff Nullable(DateTime64(6)), as_of DateTime64(6)) ENGINE = MergeTree ORDER BY quarter',
    'CREATE TABLE IF NOT EXISTS mart_item_scores (quarter String, ruleset String, unit String, item String, weight Float64, points Float64, points_exact String, numerator Nullable(Float64), denominator Nullable(Float64), on_time Nullable(Float64), badges Array(String), formula String, clause String) ENGINE = MergeTree ORDER BY (quarter, unit, item)',
    'CREATE TABLE IF NOT EXISTS mart_unit_scores (quarter String, ruleset String, unit String, unit_name String, rank UInt32, total Float64, total_exact String) ENGINE = MergeTree ORDER BY (quarter, unit)',
    'CREATE TABLE IF NOT EXISTS mart_lost_points (quarter String, ruleset String, unit String, item String, kind String, key String, subject String, event_source String, event_id String, due Nullable(Date), happened Nullable(DateTime64(3)), clause String, points Float64, ord UInt32) ENGINE = MergeTree ORDER BY (quarter, unit, item, ord)',
  ])
    await warehouse.command(sql);
  for (const quarter of ['2025Q1', '2025Q2']) {
    const file = new URL(`../../samples/nantong-sample.${quarter}.scores.json`, import.meta.url);
    const scores = JSON.parse(readFileSync(file, 'utf8'));
    const ruleset = 'nantong-etdz';
    await warehouse.insert('quarters', [
      {
        quarter,
        status: quarter === '2025Q1' ? 'published' : 'draft',
        ruleset,
        version: '1',
        hash: 'h',
        cutoff: '2025-07-10 00:00:00',
        as_of: '2025-07-10 10:00:00',
      },
    ]);
    for (const { unit, name, rank, total, items } of scores.units) {
      await warehouse.insert('mart_unit_scores', [{ quarter, ruleset, unit, unit_name: name ?? unit, rank, total }]);
      await warehouse.insert(
        'mart_item_scores',
        items.map((item: object) => ({
          quarter,
          ruleset,
          unit,
          badges: [],
          formula: '8·46/50 + 2·40/46',
          clause: '附件2-1 按实际认领数占应认领数比例折算得分，满分为8分；认领及时的，得2分',
          ...item,
        })),
      );
      for (const { item, weight, points } of items) {
        const n = Math.min(150, Math.ceil((weight - points) * 30));
        if (n > 0)
          await warehouse.insert(
            'mart_lost_points',
            Array.from({ length: n }, (_, ord) => ({
              quarter,
              ruleset,
              unit,
              item,
              kind: ord % 3 ? 'claimed_late' : 'unclaimed',
              key: `P${ord}-12`,
              subject: '91320100MA1XYWG030',
              event_source: '/platform',
              event_id: `push-${ord}`,
              due: '2025-04-09',
              happened: ord % 3 ? '2025-04-12 10:00:00' : null,
              clause: '003 五(三)',
              points: (weight - points) / n,
              ord,
            })),
          );
      }
    }
  }
  await warehouse.command("INSERT INTO refreshes (refreshed_at, build, error) SELECT now64(6), 1, ''");
}
