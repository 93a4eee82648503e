import type { Slot } from './slot.ts';

export interface FillInput {
  /** In the order in which they are filled. */
  slots: readonly Slot[];
  /** Load of each inspector before. */
  load: readonly number[];
  maxLoad: readonly number[];
  /** By which lots are cast; smaller comes first. */
  key(visit: number, inspector: number): string;
}

/** The inspector of each slot; or the slots that cannot all be filled: they have one place fewer than they need. */
export type Filled = { inspectors: number[] } | { violating: number[] };

interface Candidate {
  slot: number;
  inspector: number;
}

/**
 * Fills every slot so that loads are as even as they can be: Σ load² is the least possible, and so is the highest load. Nobody
 * takes two slots of a visit.
 *
 * Slot after slot is filled along the cheapest augmenting path: the least loaded inspector that can be reached by moving others
 * (successive shortest paths with convex costs; optimal semi-matching, Harvey, Ladner, Lovász, Tamir 2006, Journal of
 * Algorithms 59:53–78). Among equals the shorter path, then the smaller key decides. Where none can be reached, the slots that
 * were are a violating set in the sense of Hall.
 */
export function fillSlots({ slots, load, maxLoad, key }: FillInput): Filled {
  const loads = [...load];
  const assigned: number[] = slots.map(() => -1);
  const heldBy: Set<number>[] = load.map(() => new Set());
  const accepts = slots.map(({ visit, accepts }) => byKey(accepts, (inspector) => key(visit, inspector)));
  for (const root of slots.keys()) {
    const { parent, best } = search(root);
    if (!best) return { violating: [...parent.keys()] };
    loads[best.inspector]!++;
    let { slot, inspector } = best;
    for (;;) {
      const before = assigned[slot]!;
      assigned[slot] = inspector;
      heldBy[inspector]!.add(slot);
      if (before >= 0) heldBy[before]!.delete(slot);
      if (slot === root) break;
      inspector = before;
      slot = parent.get(slot)!;
    }
  }
  return { inspectors: assigned };

  /** Breadth first over slots: `parent` of a slot takes over that slot's inspector. */
  function search(root: number): { parent: Map<number, number>; best: Candidate | undefined } {
    const parent = new Map([[root, root]]);
    const reached = new Set<number>();
    const floor = loads.reduce(
      (least, value, index) => (value < maxLoad[index]! ? Math.min(least, value) : least),
      Infinity,
    );
    let best: Candidate | undefined;
    for (let level = [root]; level.length > 0; ) {
      const next: number[] = [];
      let here: Candidate | undefined;
      for (const slot of level)
        for (const inspector of accepts[slot]!) {
          const sibling = siblingHolding(slot, inspector);
          // Held within the same visit: only that slot can give it up.
          if (sibling !== undefined) visit(sibling, slot, next);
          else if (!reached.has(inspector)) {
            reached.add(inspector);
            const candidate = { slot, inspector };
            if (loads[inspector]! < maxLoad[inspector]! && better(candidate, here)) here = candidate;
            for (const holder of heldBy[inspector]!) visit(holder, slot, next);
          }
        }
      if (here && (!best || loads[here.inspector]! < loads[best.inspector]!)) best = here;
      // Nobody anywhere is less loaded, so a longer path cannot be better.
      if (best && loads[best.inspector] === floor) break;
      level = next;
    }
    return { parent, best };

    function visit(slot: number, from: number, next: number[]): void {
      if (parent.has(slot)) return;
      parent.set(slot, from);
      next.push(slot);
    }
  }

  function siblingHolding(slot: number, inspector: number): number | undefined {
    for (const holder of heldBy[inspector]!) if (slots[holder]!.visit === slots[slot]!.visit) return holder;
    return undefined;
  }

  function better(a: Candidate, b: Candidate | undefined): boolean {
    if (!b || loads[a.inspector]! !== loads[b.inspector]!) return !b || loads[a.inspector]! < loads[b.inspector]!;
    return key(slots[a.slot]!.visit, a.inspector) < key(slots[b.slot]!.visit, b.inspector);
  }
}

function byKey(inspectors: readonly number[], key: (inspector: number) => string): number[] {
  return inspectors
    .map((inspector) => ({ inspector, key: key(inspector) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ inspector }) => inspector);
}
