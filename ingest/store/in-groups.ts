/** Ids travel as form fields, which are limited. */
const IDS_AT_ONCE = 500;

export function* inGroups<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += IDS_AT_ONCE) yield all.slice(at, at + IDS_AT_ONCE);
}
