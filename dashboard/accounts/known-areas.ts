import { loadAreas } from '@hengjian/models/areas/load-areas.ts';
import { AreasError, readAreas } from '@hengjian/models/registries/read-areas.ts';
import type { RuleSetUnit } from '@hengjian/models/ruleset/schema.ts';
import { CommandError, type Warehouse } from '@hengjian/warehouse';

/**
 * Which areas there are: codes that events name, those of the registry and of the map, and those that units of a rule set stand for; in
 * order.
 * @throws CommandError naming the file that is wrong
 */
export async function knownAreas(
  warehouse: Pick<Warehouse, 'query'>,
  dataDir: string,
  units: readonly RuleSetUnit[],
): Promise<string[]> {
  const rows = await warehouse.query<{ area: string }>(
    "SELECT DISTINCT CAST(region AS String) AS area FROM events WHERE region != ''",
  );
  return [
    ...new Set([
      ...rows.map(({ area }) => area),
      ...registered(dataDir, units),
      ...loadAreas(dataDir).keys(),
      ...units.flatMap(({ regions = [] }) => regions),
    ]),
  ].sort();
}

function registered(dataDir: string, units: readonly RuleSetUnit[]): string[] {
  try {
    return readAreas(dataDir, units).map(({ code }) => code);
  } catch (error) {
    if (error instanceof AreasError) throw new CommandError(error.message);
    throw error;
  }
}
