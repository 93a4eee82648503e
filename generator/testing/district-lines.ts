/** For tests: the lines of a district, and what stands twice among them. */
import { expect } from 'vitest';
import { type DistrictOptions, generateDistrict } from '../district.ts';

export function linesOf(options: DistrictOptions): string[] {
  const lines = Buffer.concat([...generateDistrict(options)])
    .toString('utf8')
    .split('\n');
  expect(lines.pop()).toBe('');
  return lines;
}

/** Names of events that an earlier one has already. */
export function repeatedNames(events: readonly { source: string; id: string }[]): string[] {
  const seen = new Set<string>();
  return events.map(({ source, id }) => `${source} ${id}`).filter((name) => seen.size === seen.add(name).size);
}
