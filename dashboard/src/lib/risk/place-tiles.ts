export interface TilePlace {
  code: string;
  column: number;
  row: number;
}

const WIDTH = 6;

/** A tile for each area: where the office put it, the others in the order of their codes below. */
export function placeTiles(
  codes: readonly string[],
  given: ReadonlyMap<string, readonly [number, number]>,
): TilePlace[] {
  const placed = codes.flatMap((code) => {
    const at = given.get(code);
    return at ? [{ code, column: at[0], row: at[1] }] : [];
  });
  const below = placed.reduce((most, { row }) => Math.max(most, row + 1), 0);
  const others = codes.filter((code) => !given.has(code)).sort();
  return [
    ...placed,
    ...others.map((code, index) => ({ code, column: index % WIDTH, row: below + Math.floor(index / WIDTH) })),
  ];
}
