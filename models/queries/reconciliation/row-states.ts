/**
 * `same`: in both, and they agree · `differing`: in both with another day of decision, or the number stands for another
 * subject too · `list_only`: not on the platform · `platform_only`: not in the list · `push_only`: a licence that a unit fed
 * back with a decision in the quarter, and no document of that subject anywhere. Those that want looking at come first.
 */
export const ROW_STATES = ['differing', 'list_only', 'platform_only', 'push_only', 'same'] as const;
export type RowState = (typeof ROW_STATES)[number];
