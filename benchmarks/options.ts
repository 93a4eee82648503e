import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** events to measure with */
  events: number;
  /** repetitions of each side of a comparison */
  runs: number;
}

/** `--events N --runs N` of the command line. @throws RangeError naming the wrong value */
export function benchOptions(defaults: BenchOptions): BenchOptions {
  const { values } = parseArgs({ options: { events: { type: 'string' }, runs: { type: 'string' } }, strict: false });
  const number = (name: 'events' | 'runs'): number => {
    const given = values[name];
    if (given === undefined) return defaults[name];
    const value = Number(String(given).replaceAll('_', ''));
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`--${name} must be a whole number from 1, not "${given}"`);
    return value;
  };
  return { events: number('events'), runs: number('runs') };
}
