import { subtractExact } from '@hengjian/contract/round-exact.ts';
import type { ItemEntry } from '@hengjian/models/queries/read-items.ts';
import type { ItemScore, Scores } from '@hengjian/models/queries/read-scores.ts';
import type { Sorting } from '../matrix/matrix-links.ts';
import type { MatrixRow } from '../matrix/matrix-row.ts';
import { type ShareLevel, shareLevel, shareOfPoints } from './share-level.ts';

export interface RankingCell extends ItemScore {
  weight: number;
  points: number;
  name: string;
  name_en: string;
  points_exact: string;
  /** Of the attainable points. */
  share: number;
  level: ShareLevel;
  /** Something makes this figure less sure than others of its column. */
  marked: boolean;
  /** Fewer were due than a rate should rest on. */
  small: boolean;
}

export interface RankingRow extends MatrixRow<RankingCell> {
  rank: number;
  /** Another unit has the same total. */
  tied: boolean;
  total: number;
  totalExact: string;
  /** Places gained (+) or lost (−) against the quarter before; null without one. */
  rankChange: number | null;
  totalChange: number | null;
  /** As a fraction. */
  totalChangeExact: string | null;
}

/** Numbers start with the best, names and ranks with the first. */
export function naturalDirection(by: string): Sorting['direction'] {
  return by === 'rank' || by === 'unit' ? 'ascending' : 'descending';
}

/** What the address bar asks for, as far as it makes sense for these columns. */
export function readSorting(params: URLSearchParams, items: readonly string[]): Sorting {
  const asked = params.get('sort') ?? 'rank';
  const by = ['rank', 'unit', 'total', 'change', ...items].includes(asked) ? asked : 'rank';
  const direction = params.get('dir');
  return { by, direction: direction === 'ascending' || direction === 'descending' ? direction : naturalDirection(by) };
}

/** A column of the matrix; the weight is the one before reallocation, a unit that lacks duties has more. */
export type ItemColumn = Pick<ItemEntry, 'item' | 'name' | 'name_en' | 'weight'>;

/** The matrix units × items. `columns` in order; `before` the quarter before, if any. A rule set without points has none. */
export function rankingTable(
  scores: Scores,
  before: Scores | undefined,
  columns: readonly ItemColumn[],
  sorting: Sorting,
): RankingRow[] {
  const earlier = new Map(before?.units.map((unit) => [unit.unit, unit]));
  const holders = Map.groupBy(scores.units, ({ rank }) => rank);
  const rows = scores.units.flatMap(({ unit, name, rank, total, total_exact, items }): RankingRow[] => {
    if (rank === null || total === null) return [];
    const totalExact = exactTotal(total, total_exact);
    const past = earlier.get(unit);
    const own = new Map(items.map((item) => [item.item, item]));
    return [
      {
        unit,
        name,
        rank,
        tied: holders.get(rank)!.length > 1,
        total,
        totalExact,
        rankChange: difference(past?.rank, rank),
        totalChange: difference(total, past?.total),
        totalChangeExact:
          past?.total == null ? null : subtractExact(totalExact, exactTotal(past.total, past.total_exact)),
        cells: columns.map((column) => cellOf(own.get(column.item), column)),
        open: items.length > 0,
      },
    ];
  });
  return rows.sort(comparison(sorting, columns));
}

function cellOf(item: ItemScore | undefined, { name, name_en }: ItemColumn): RankingCell | null {
  if (!item || item.points === null || item.weight === null) return null;
  const { points, weight } = item;
  const share = shareOfPoints(points, weight);
  const marked = item.badges.some((badge) => badge !== 'borrowed_deadline');
  const small = item.badges.includes('small_n');
  const points_exact = item.points_exact ?? subtractExact(points, 0);
  return { ...item, points, points_exact, weight, name, name_en, share, level: shareLevel(share), marked, small };
}

/** The double stands for its shortest decimal where the fraction is not given. */
function exactTotal(total: number, exact: string | undefined): string {
  return exact ?? subtractExact(total, 0);
}

function difference(left: number | null | undefined, right: number | null | undefined): number | null {
  return left == null || right == null ? null : left - right;
}

function comparison(
  { by, direction }: Sorting,
  columns: readonly ItemColumn[],
): (a: RankingRow, b: RankingRow) => number {
  const sign = direction === 'ascending' ? 1 : -1;
  const column = columns.findIndex(({ item }) => item === by);
  const value = (row: RankingRow): number | null => {
    if (by === 'rank') return row.rank;
    if (by === 'total') return row.total;
    if (by === 'change') return row.totalChange;
    return row.cells[column]?.share ?? null;
  };
  return (a, b) => {
    if (by === 'unit') return sign * a.name.localeCompare(b.name, 'zh-CN');
    const [left, right] = [value(a), value(b)];
    // What has no value stands last, whichever way the column is sorted.
    if (left === null || right === null) return Number(left === null) - Number(right === null) || a.rank - b.rank;
    return sign * (left - right) || a.rank - b.rank;
  };
}
