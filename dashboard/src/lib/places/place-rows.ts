/** Figures of places (units, townships, departments) as the rows of a table: each cell a rate with its place among the rows. */
import type { PlaceFigure } from '@hengjian/models/queries/places.ts';
import { type ShareLevel, shareLevel, shareOf } from '#lib/ranking/share-level.ts';

export interface PlaceCell {
  numerator: number;
  denominator: number;
  onTime: number | null;
  rank: number | null;
  level: ShareLevel | 'none';
  small: boolean;
}
export interface PlaceRow {
  place: string;
  /** One per item; null where nothing was due. */
  cells: (PlaceCell | null)[];
}

/**
 * A row a place, in the order of `places` (those that it does not name behind it, by their names).
 * @param smallBelow number of things due below which a rate of the item is marked as of few
 */
export function placeRows(
  figures: readonly PlaceFigure[],
  items: readonly string[],
  smallBelow: (item: string) => number,
  places: readonly string[] = [],
): PlaceRow[] {
  const byPlace = Map.groupBy(figures, ({ place }) => place);
  const known = places.filter((place) => byPlace.has(place));
  const others = [...byPlace.keys()].filter((place) => !places.includes(place)).sort();
  return [...known, ...others].map((place) => ({
    place,
    cells: items.map((item) => {
      const figure = byPlace.get(place)!.find((one) => one.item === item);
      return figure ? cellOf(figure, smallBelow(item)) : null;
    }),
  }));
}

function cellOf({ numerator, denominator, on_time, rank }: PlaceFigure, smallBelow: number): PlaceCell {
  const share = shareOf({ points: null, weight: null, numerator, denominator, on_time });
  return { numerator, denominator, onTime: on_time, rank, level: shareLevel(share), small: denominator < smallBelow };
}
