/**
 * Cuts scored rows into groups of equal weight from the highest score down, for lift, capture and calibration.
 *
 * lift of a group = its hit rate / overall hit rate; capture = share of all hits in this and the higher groups. Rows of one
 * score that stand across an edge belong to both groups in proportion, so the result does not depend on the order of rows.
 * With design weights a group holds a tenth of the estimated population, not of the inspected rows.
 */
export interface ScoreGroup {
  /** 1 = highest scores. */
  group: number;
  /** Rows, fractional where an edge cuts a row or a tie. */
  n: number;
  hits: number;
  /** Hit rate (weighted where weights are given). */
  rate: number;
  meanScore: number;
  lift: number;
  capture: number;
  /** Kish's effective number of rows, (Σw)² / Σw². */
  effective: number;
}

interface Sums {
  n: number;
  hits: number;
  weight: number;
  hitWeight: number;
  scoreWeight: number;
  squares: number;
}

const empty = (): Sums => ({ n: 0, hits: 0, weight: 0, hitWeight: 0, scoreWeight: 0, squares: 0 });

export function scoreGroups(
  y: ArrayLike<number>,
  score: ArrayLike<number>,
  weights?: ArrayLike<number>,
  groups = 10,
): ScoreGroup[] {
  const ties = tiesFromTheTop(y, score, weights);
  const total = ties.reduce((sum, tie) => sum + tie.weight, 0);
  const hitWeight = ties.reduce((sum, tie) => sum + tie.hitWeight, 0);
  const shares = Array.from({ length: groups }, empty);
  let reached = 0;
  for (const tie of ties) {
    const [from, to] = [reached, reached + tie.weight];
    for (let k = 0; k < groups; k++) {
      const low = (total * k) / groups;
      // The last group takes what rounding would leave over.
      const high = k === groups - 1 ? Number.POSITIVE_INFINITY : (total * (k + 1)) / groups;
      const part = (Math.min(to, high) - Math.max(from, low)) / tie.weight;
      if (part > 0) addShare(shares[k]!, tie, part);
    }
    reached = to;
  }
  let captured = 0;
  return shares.map((sums, k) => {
    captured += sums.hitWeight;
    const rate = sums.hitWeight / sums.weight;
    return {
      group: k + 1,
      n: sums.n,
      hits: sums.hits,
      rate,
      meanScore: sums.scoreWeight / sums.weight,
      lift: rate / (hitWeight / total),
      capture: captured / hitWeight,
      effective: sums.weight ** 2 / sums.squares,
    };
  });
}

function tiesFromTheTop(y: ArrayLike<number>, score: ArrayLike<number>, weights?: ArrayLike<number>): Sums[] {
  const order = Uint32Array.from({ length: y.length }, (_, i) => i).sort((a, b) => score[b]! - score[a]!);
  const ties: Sums[] = [];
  for (let from = 0, to = 0; from < order.length; from = to) {
    const tie = empty();
    for (; to < order.length && score[order[to]!] === score[order[from]!]; to++) {
      const row = order[to]!;
      const w = weights?.[row] ?? 1;
      tie.n++;
      tie.hits += y[row]!;
      tie.weight += w;
      tie.hitWeight += w * y[row]!;
      tie.scoreWeight += w * score[row]!;
      tie.squares += w * w;
    }
    ties.push(tie);
  }
  return ties;
}

function addShare(sums: Sums, tie: Sums, part: number): void {
  for (const key of Object.keys(sums) as (keyof Sums)[]) sums[key] += tie[key] * part;
}
