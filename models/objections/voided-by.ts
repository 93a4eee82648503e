/** A void, and the event that it declares never to have happened; each as `source` TAB `id`. */
export interface VoidPair {
  own: string;
  target: string;
}

/** Whether a void holds against an event. One that is itself voided voids nothing, to any depth; voids in a circle stay undecided and void nothing else. */
export function voidedBy(voids: readonly VoidPair[]): (key: string) => boolean {
  const ofTarget = Map.groupBy(voids, ({ target }) => target);
  const isVoided = (key: string, path: readonly string[]): boolean =>
    ofTarget.get(key)?.some(({ own }) => !path.includes(own) && !isVoided(own, [...path, own])) ?? false;
  return (key) => isVoided(key, []);
}
