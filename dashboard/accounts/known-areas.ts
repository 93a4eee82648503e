import { loadAreas } from '@hengjian/models/areas/load-areas.ts';
import { AreasError, readAreas } from '@hengjian/models/registries/read-areas.ts';
import type { RuleSetUnit } from '@hengjian/models/ruleset/schema.ts';
import { CommandError, type Warehouse } from '@hengjian/warehouse';

/**
 * Which areas there are: codes that events name, those of the registry and of the map, and those that units of a rule set stand for; in
 * order.
 * @param unreadable told what is wrong with a file, of which no area is known then; without it that is thrown
 * @throws CommandError naming the file that is wrong
 */
export async function knownAreas(
  warehouse: Pick<Warehouse, 'query'>,
  dataDir: string,
  units: readonly RuleSetUnit[],
  unreadable?: (problem: CommandError) => void,
): Promise<string[]> {
  const rows = await warehouse.query<{ area: string }>(
    "SELECT DISTINCT CAST(region AS String) AS area FROM events WHERE region != ''",
  );
  return [
    ...new Set([
      ...rows.map(({ area }) => area),
      ...codesOf(() => readAreas(dataDir, units).map(({ code }) => code), unreadable),
      ...codesOf(() => [...loadAreas(dataDir).keys()], unreadable),
      ...units.flatMap(({ regions = [] }) => regions),
    ]),
  ].sort();
}

function codesOf(read: () => string[], unreadable: ((problem: CommandError) => void) | undefined): string[] {
  try {
    return read();
  } catch (error) {
    const problem = error instanceof AreasError ? new CommandError(error.message) : error;
    if (unreadable === undefined || !(problem instanceof CommandError)) throw problem;
    unreadable(problem);
    return [];
  }
}
