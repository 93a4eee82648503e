/** Number of colour steps of the heat maps. */
export const heatStepCount = 6;

/** Colour step 1…6 of a share 0…1: equal-width classes, so that a colour means the same share on every page. */
export function heatStepOfShare(share: number): number {
  return Math.min(heatStepCount, Math.max(1, 1 + Math.floor(share * heatStepCount)));
}

/** Colour step 1…6 of a value against the greatest one; zero is its own lightest step. */
export function heatStepOfValue(value: number, greatest: number): number {
  if (value <= 0 || greatest <= 0) return 1;
  return Math.min(heatStepCount, 2 + Math.floor(((heatStepCount - 1) * value) / greatest - 1e-9));
}
