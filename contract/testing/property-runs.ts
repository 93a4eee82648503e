/** For tests: how often a property is tried. The fast tier tries a tenth; `npm run test:rest` runs the same file with all. */

/**
 * @param all of the thorough run; lines or rows of a large input as well as runs of a property
 * @returns a whole number from 1 to `all`
 */
export function propertyRuns(all: number): number {
  return process.env.HENGJIAN_PROPERTY_RUNS === 'all' ? all : Math.ceil(all / 10);
}
