import { CITY_IDS, cityAreas, generateCity } from '@hengjian/generator';
import { closeQuarter, loadProject } from '@hengjian/models';
import { saveArea } from '@hengjian/models/registries/save-area.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import { writeDirectly } from '@hengjian/models/testing/write-directly.ts';
import type { Warehouse } from '@hengjian/warehouse';

/** The same districts each time: two quarters, the first published under each rule set, the second a draft. */
const PERIOD = { firstQuarter: '2025Q1', until: '2025-07-31' };

/** The cities whose rule sets have no points, all in one log, with every lateness and omission that their items measure. */
export async function fillCities(warehouse: Warehouse, dataDir: string): Promise<void> {
  for (const city of CITY_IDS) {
    for (const area of cityAreas(city)) saveArea(dataDir, { ...area, parent: '', from: '', to: '' });
    const lines = Buffer.concat([...generateCity({ city, ...PERIOD })])
      .toString()
      .trim()
      .split('\n');
    await loadEvents(
      warehouse,
      lines.map((line) => JSON.parse(line) as TestEvent),
    );
  }
  const ruleset = CITY_IDS.join(',');
  await refresh(warehouse, loadProject({ ruleset }), { now: new Date('2025-08-01T00:00:00Z') });
  for (const city of CITY_IDS) {
    const project = loadProject({ ruleset, asked: city });
    await closeQuarter({ warehouse, project, write: writeDirectly(warehouse), by: 'office' }, '2025Q1');
  }
}
