/**
 * Kendall's rank correlation with ties, τ_b = (C − D) / √((n₀ − n₁)(n₀ − n₂)): C concordant and D discordant pairs, n₀ all
 * pairs, n₁ and n₂ pairs tied in x and in y. Source: Kendall (1945), Biometrika 33:239–251. Looks at each pair.
 * undefined where one side has no two different values.
 *
 * @throws RangeError if the lists have different lengths
 * @example kendallTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) // −0.4714
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): number | undefined {
  if (x.length !== y.length) throw new RangeError(`${x.length} values cannot be compared with ${y.length}`);
  let difference = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 0; i < x.length; i++)
    for (let j = i + 1; j < x.length; j++) {
      const dx = Math.sign(x[i]! - x[j]!);
      const dy = Math.sign(y[i]! - y[j]!);
      difference += dx * dy;
      untiedX += dx * dx;
      untiedY += dy * dy;
    }
  return untiedX === 0 || untiedY === 0 ? undefined : difference / Math.sqrt(untiedX * untiedY);
}
