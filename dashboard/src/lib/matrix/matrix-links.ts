/** Addresses that a matrix units × items leads to; what else the address bar asks for (a rule set) is kept. */

export interface Sorting {
  /** A column by its name: an item's id, `unit`, and what else the matrix has. */
  by: string;
  direction: 'ascending' | 'descending';
}

/**
 * The address that sorts by a column: in its natural direction, or turned where it is sorted so already. What is the default
 * is left out, so that the address holds only what the person chose.
 */
export function sortLink(
  search: Pick<URLSearchParams, 'toString'>,
  sorting: Sorting,
  column: Sorting,
  byDefault: 'rank' | 'unit',
): string {
  const params = new URLSearchParams(search.toString());
  const opposite = column.direction === 'ascending' ? 'descending' : 'ascending';
  const turned = sorting.by === column.by && sorting.direction === column.direction;
  if (column.by === byDefault) params.delete('sort');
  else params.set('sort', column.by);
  if (turned) params.set('dir', opposite);
  else params.delete('dir');
  return `?${params}`;
}

/** The page of a unit, or the place of an item on it. */
export function unitLink(
  search: Pick<URLSearchParams, 'toString'>,
  quarter: string,
  unit: string,
  item?: string,
): `/${string}` {
  const params = new URLSearchParams(search.toString());
  for (const name of ['sort', 'dir', 'show']) params.delete(name);
  params.set('quarter', quarter);
  return `/units/${encodeURIComponent(unit)}?${params}${item ? `#${item}` : ''}`;
}
