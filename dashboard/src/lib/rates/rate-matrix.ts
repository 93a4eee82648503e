/** The matrix units × items of a rule set without points: each cell a rate and its place among the units; nothing is added up. */
import type { Sorting } from '#lib/matrix/matrix-links.ts';
import type { MatrixRow } from '#lib/matrix/matrix-row.ts';
import { type ShareLevel, shareLevel } from '#lib/ranking/share-level.ts';

/** What stands in an item of the scores. */
export interface Rate {
  item: string;
  numerator: number | null;
  denominator: number | null;
  on_time: number | null;
  rank?: number | null;
  badges: readonly string[];
}
export interface RateUnit {
  unit: string;
  name: string;
  total: number | null;
  items: readonly Rate[];
}
export interface RateColumn {
  item: string;
  name: string;
  name_en: string;
}

export interface RateCell {
  item: string;
  numerator: number;
  denominator: number;
  onTime: number | null;
  /** n/N and t/N; null where nothing was due. */
  share: number | null;
  timely: number | null;
  rank: number | null;
  level: ShareLevel | 'none';
  small: boolean;
  badges: readonly string[];
}
export type RateRow = MatrixRow<RateCell>;

/** A rule set without points gives nobody a total. */
export function hasNoPoints(units: readonly Pick<RateUnit, 'total'>[]): boolean {
  return units.length > 0 && units.every(({ total }) => total === null);
}

/** By `unit` (the order of the rule set) or by an item, as the address bar asks. */
export function readRateSorting(params: URLSearchParams, items: readonly string[]): Sorting {
  const asked = params.get('sort') ?? 'unit';
  const by = items.includes(asked) ? asked : 'unit';
  return { by, direction: params.get('dir') === 'descending' ? 'descending' : 'ascending' };
}

/** Units in their order, or by their place in one item; who has no place stands last either way. */
export function rateMatrix(
  units: readonly RateUnit[],
  columns: readonly RateColumn[],
  { by, direction }: Sorting,
): RateRow[] {
  const rows = units.map(({ unit, name, items }): RateRow => {
    const own = new Map(items.map((rate) => [rate.item, rate]));
    return {
      unit,
      name,
      cells: columns.map(({ item }) => {
        const rate = own.get(item);
        return rate ? cellOf(rate) : null;
      }),
      open: items.length > 0,
    };
  });
  const column = columns.findIndex(({ item }) => item === by);
  if (column < 0) return direction === 'descending' ? rows.toReversed() : rows;
  const sign = direction === 'ascending' ? 1 : -1;
  const place = (row: RateRow) => row.cells[column]?.rank ?? null;
  return rows.toSorted((a, b) => {
    const [left, right] = [place(a), place(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  });
}

function cellOf({ item, numerator, denominator, on_time, rank = null, badges }: Rate): RateCell {
  const [done, due] = [numerator ?? 0, denominator ?? 0];
  const share = due > 0 ? done / due : null;
  const timely = due > 0 && on_time !== null ? on_time / due : null;
  const ranked = timely ?? share;
  return {
    item,
    numerator: done,
    denominator: due,
    onTime: on_time,
    share,
    timely,
    rank,
    level: shareLevel(ranked),
    small: badges.includes('small_n'),
    badges,
  };
}
