/** A void, and the event that it declares never to have happened; each as `source` TAB `id`. */
export interface VoidPair {
  own: string;
  target: string;
}

/**
 * Whether a void holds, by its own key. One that is itself voided holds against nothing, to any depth; voids in a circle stay
 * undecided and hold against nothing else: as in int_voided_events, of the scores.
 */
export function holdingAmong(voids: readonly VoidPair[]): (own: string) => boolean {
  const ofTarget = Map.groupBy(voids, ({ target }) => target);
  const holds = new Map(voids.filter(({ own }) => !ofTarget.has(own)).map(({ own }) => [own, true]));
  const open = new Set(voids.map(({ own }) => own).filter((own) => ofTarget.has(own)));
  // Settled from the outside inwards, until nothing more can be said.
  for (let left = -1; left !== open.size; ) {
    left = open.size;
    for (const own of open) {
      const against = ofTarget.get(own)!.map((one) => holds.get(one.own));
      if (!against.includes(true) && against.includes(undefined)) continue;
      holds.set(own, !against.includes(true));
      open.delete(own);
    }
  }
  return (own) => holds.get(own) === true;
}

/** Whether a void holds against an event. */
export function voidedBy(voids: readonly VoidPair[]): (key: string) => boolean {
  const holds = holdingAmong(voids);
  const voided = new Set(voids.filter(({ own }) => holds(own)).map(({ target }) => target));
  return (key) => voided.has(key);
}
