/** Discrete colour steps of a heat map: step 1 is `colours[0]`; step 0, outside the palette, is "nothing due". */
export interface HeatPalette {
  colours: string[];
  /** Legible on the colour of the same index. */
  inks: string[];
}

const shareClasses = [0, 50, 60, 70, 80, 90, 100];

/** The classes of the ranking matrix (share of what was attainable, in per cent from), so that a colour means the same on every page. */
export const sharePalette: HeatPalette = {
  colours: shareClasses.map((from) => `var(--share-${from})`),
  inks: shareClasses.map((from) => `var(--share-${from}-ink)`),
};

const tallySteps = [1, 2, 3, 4, 5, 6];

/** Light to dark for amounts, without a judgement. */
export const tallyPalette: HeatPalette = {
  colours: tallySteps.map((step) => `var(--tally-${step})`),
  inks: tallySteps.map((step) => `var(--tally-ink-${step})`),
};

/** Shares first, then amounts: for a map that has both. */
export const mixedPalette: HeatPalette = {
  colours: [...sharePalette.colours, ...tallyPalette.colours],
  inks: [...sharePalette.inks, ...tallyPalette.inks],
};

/** Steps of shares, which come before those of amounts in `mixedPalette`. */
export const shareSteps = shareClasses.length;

/** Labels of the share classes for a legend. */
export const shareLabels = ['<50%', '50', '60', '70', '80', '90', '100%'];

/** Step of an achieved share 0…1 in `sharePalette`. */
export function shareStep(share: number): number {
  return shareClasses.filter((from) => share * 100 >= from - 1e-9).length;
}
