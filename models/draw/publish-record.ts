import type { DrawRecord } from './draw-record.ts';
import { bytewise } from './frame-layout.ts';
import type { PublicRecord } from './record-schema.ts';

/**
 * What may be shown to everybody: no tiers of anybody, no cells, keys or salts (draw.md, `draw publish`; domain.md §5:
 * tiers are 不公开). Ids are sorted bytewise, because the order of the record would show who was in which tier.
 */
export function publishRecord(record: DrawRecord): PublicRecord {
  const { spec, frame, plan, plan_hash, secret, commit, beacon, seed, result_hash } = record;
  const strata = new Map<string, { values: string[]; N: number; n: number }>();
  for (const cell of record.cells) {
    const values = cell.key.slice(0, -1);
    const total = strata.get(values.join('\t')) ?? { values, N: 0, n: 0 };
    strata.set(values.join('\t'), { values, N: total.N + cell.N, n: total.n + cell.n });
  }
  const ids = record.selected
    .map(({ id }) => ({ id, bytes: bytewise(id) }))
    .sort((a, b) => (a.bytes < b.bytes ? -1 : 1));
  return {
    spec,
    frame,
    plan,
    plan_hash,
    secret,
    commit,
    beacon,
    seed,
    strata: [...strata.values()],
    selected: ids.map(({ id }) => id),
    result_hash,
  };
}
