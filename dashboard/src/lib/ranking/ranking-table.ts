import type { ItemEntry } from '@hengjian/models/queries/read-items.ts';
import type { ItemScore, Scores } from '@hengjian/models/queries/read-scores.ts';
import { type ShareLevel, shareLevel, shareOf } from './share-level.ts';

export interface RankingCell extends ItemScore {
  name: string;
  name_en: string;
  /** Of the attainable points, or the rate where there are none; null where nothing was due. */
  share: number | null;
  level: ShareLevel | 'none';
  /** Something makes this figure less sure than others of its column. */
  marked: boolean;
}

export interface RankingRow {
  unit: string;
  name: string;
  /** Null in a rule set of rates, like total. */
  rank: number | null;
  total: number | null;
  /** Places gained (+) or lost (−) against the quarter before; null without one. */
  rankChange: number | null;
  totalChange: number | null;
  /** One per column; null where the unit has no such duty. */
  cells: (RankingCell | null)[];
  /** False where the reader may see only rank and total. */
  open: boolean;
}

export interface Sorting {
  /** `rank`, `unit`, `total`, `change` or an item's id. */
  by: string;
  direction: 'ascending' | 'descending';
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

/** The matrix units × items. `columns` in order; `before` the quarter before, if any. */
export function rankingTable(
  scores: Scores,
  before: Scores | undefined,
  columns: readonly ItemColumn[],
  sorting: Sorting,
): RankingRow[] {
  const earlier = new Map(before?.units.map((unit) => [unit.unit, unit]));
  const rows = scores.units.map(({ unit, name, rank, total, items: own }): RankingRow => {
    const past = earlier.get(unit);
    return {
      unit,
      name,
      rank,
      total,
      rankChange: difference(past?.rank, rank),
      totalChange: difference(total, past?.total),
      cells: columns.map(({ item: id, name, name_en }) => {
        const item = own.find((candidate) => candidate.item === id);
        if (!item) return null;
        const share = shareOf(item);
        return {
          ...item,
          name,
          name_en,
          share,
          level: shareLevel(share),
          marked: item.badges.some((badge) => badge !== 'borrowed_deadline'),
        };
      }),
      open: own.length > 0,
    };
  });
  return rows.sort(comparison(sorting, columns));
}

function difference(left: number | null | undefined, right: number | null | undefined): number | null {
  return left == null || right == null ? null : left - right;
}

/** Without ranks the order stays that of the rule set. */
function byRank(a: RankingRow, b: RankingRow): number {
  return (a.rank ?? 0) - (b.rank ?? 0);
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
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byRank(a, b);
    return sign * (left - right) || byRank(a, b);
  };
}
