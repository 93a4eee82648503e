/** Lower bounds, in per cent, of the classes that the matrix is coloured by. */
export const shareLevels = [0, 50, 60, 70, 80, 90, 100] as const;
export type ShareLevel = (typeof shareLevels)[number];

/** Points as a share of the attainable ones; an item without weight loses nothing. */
export function shareOf(points: number, weight: number): number {
  return weight > 0 ? points / weight : 1;
}

/** The class of a share; 1e-9 absorbs what doubles cannot hold, so that full marks are always class 100. */
export function shareLevel(share: number): ShareLevel {
  return shareLevels.findLast((level) => share * 100 >= level - 1e-7) ?? 0;
}
