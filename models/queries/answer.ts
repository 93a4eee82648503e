/** Why a query gives nothing. `forbidden` is also the answer for what the caller may not know to exist. */
export type Refusal = 'unknown_quarter' | 'unknown_unit' | 'unknown_item' | 'forbidden';

/** The outcome of a named query: expected refusals are values. `detail` is one sentence that names the input. */
export type Answer<T> = { ok: true; value: T } | { ok: false; reason: Refusal; detail: string };
