/** Why no estimate is made: too few in both, one list within the other, or lists so alike that nothing says what both missed. */
export type ChapmanProblem = 'too_few' | 'contained' | 'coincide';

/** With so many in both, the bias of Chapman’s estimate is negligible (Robson and Regier 1964, Trans. Am. Fish. Soc. 93:215–226; Seber 1982, §3.1). */
const FEWEST_IN_BOTH = 7;
/** Expected in neither list; its logarithm has a variance of about its inverse, so below this the interval says nothing. */
const LEAST_UNSEEN = 0.1;

/**
 * Whether two lists let one estimate how many there are (`chapmanEstimate`); undefined: they do. A list that holds nothing the other
 * lacks was probably made from it, and lists that differ in next to nothing are hardly independent either: the transformed-logit
 * interval then runs from nothing to millions (70 to 2,211,801 for 69 and 70 with all 69 in both).
 */
export function chapmanProblem(first: number, second: number, both: number): ChapmanProblem | undefined {
  if (both < FEWEST_IN_BOTH) return 'too_few';
  const [onlyFirst, onlySecond] = [first - both, second - both];
  if (onlyFirst === 0 || onlySecond === 0) return 'contained';
  return ((onlyFirst + 0.5) * (onlySecond + 0.5)) / (both + 0.5) < LEAST_UNSEEN ? 'coincide' : undefined;
}
