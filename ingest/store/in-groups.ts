/** Ids travel as form fields, which are limited. */
const IDS_AT_ONCE = 500;

export function* inGroups<T>(all: readonly T[], atOnce = IDS_AT_ONCE): Generator<T[]> {
  for (let at = 0; at < all.length; at += atOnce) yield all.slice(at, at + atOnce);
}
