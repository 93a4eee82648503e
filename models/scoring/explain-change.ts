/** Why a total moved: its change against another period, laid to the items and to what cost points in them. */
import Fraction from 'fraction.js';

export interface ScoredItem {
  item: string;
  /** Reduced fraction. */
  points_exact?: string;
  weight: number | null;
  kinds: readonly { kind: string; rows: number; points: number | null }[];
}

export interface KindMove {
  kind: string;
  rowsBefore: number;
  rowsAfter: number;
  /** Points that it costs less (+) or more (−) than before. */
  change: number;
}

export interface ItemMove {
  item: string;
  /** Reduced fractions; null where the unit had no such item. */
  before: string | null;
  after: string | null;
  change: string;
  /** Of the weight: what an item is worth, after reallocation. */
  weightChange: number;
  /** The greatest first. Σ change + weightChange = change of the item. */
  kinds: KindMove[];
}

export interface ExplainedChange {
  /** Reduced fraction: Σ of the changes of the items, exactly. */
  change: string;
  /** Every item that either has, the greatest change first. */
  items: ItemMove[];
}

/** @param before, after the items of one unit; those without points are left out */
export function explainChange(before: readonly ScoredItem[], after: readonly ScoredItem[]): ExplainedChange {
  const scored = (items: readonly ScoredItem[]) =>
    new Map(items.filter(({ points_exact }) => points_exact !== undefined).map((one) => [one.item, one]));
  const [was, is] = [scored(before), scored(after)];
  const items = [...new Set([...is.keys(), ...was.keys()])].map((item) => moveOf(item, was.get(item), is.get(item)));
  const change = items.reduce((sum, one) => sum.add(new Fraction(one.change)), new Fraction(0));
  const size = (one: ItemMove) => new Fraction(one.change).abs();
  return { change: change.toFraction(), items: items.sort((a, b) => size(b).compare(size(a))) };
}

function moveOf(item: string, was: ScoredItem | undefined, is: ScoredItem | undefined): ItemMove {
  const points = (one: ScoredItem | undefined) => new Fraction(one?.points_exact ?? 0);
  const lost = (one: ScoredItem | undefined) => new Map(one?.kinds.map((sum) => [sum.kind, sum]));
  const [old, fresh] = [lost(was), lost(is)];
  const kinds = [...new Set([...old.keys(), ...fresh.keys()])].map((kind): KindMove => {
    const [a, b] = [old.get(kind), fresh.get(kind)];
    return {
      kind,
      rowsBefore: a?.rows ?? 0,
      rowsAfter: b?.rows ?? 0,
      change: (a?.points ?? 0) - (b?.points ?? 0),
    };
  });
  return {
    item,
    before: was?.points_exact ?? null,
    after: is?.points_exact ?? null,
    change: points(is).sub(points(was)).toFraction(),
    weightChange: (is?.weight ?? 0) - (was?.weight ?? 0),
    kinds: kinds.filter(({ change }) => change !== 0).sort((a, b) => Math.abs(b.change) - Math.abs(a.change)),
  };
}
