/** What differs between two snapshots, by unit and item. */
import { hashJson } from './hash-json.ts';
import type { Snapshot, SnapshotItemScore } from './publication-record.ts';

export interface ItemChange {
  unit: string;
  item: string;
  /** Null where the unit had no such item. */
  before: Omit<SnapshotItemScore, 'item'> | null;
  after: Omit<SnapshotItemScore, 'item'> | null;
}

/** In the order of units and items (code units). */
export function snapshotChanges(before: Snapshot, after: Snapshot): ItemChange[] {
  const [old, fresh] = [itemsOf(before), itemsOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((key) => {
    const [was, is] = [old.get(key) ?? null, fresh.get(key) ?? null];
    if (hashJson(was) === hashJson(is)) return [];
    const [unit, item] = key.split('\t') as [string, string];
    return [{ unit, item, before: was, after: is }];
  });
}

function itemsOf(snapshot: Snapshot): Map<string, Omit<SnapshotItemScore, 'item'>> {
  return new Map(
    snapshot.units.flatMap(({ unit, items }) =>
      items.map(({ item, ...figures }) => [`${unit}\t${item}`, figures] as const),
    ),
  );
}
