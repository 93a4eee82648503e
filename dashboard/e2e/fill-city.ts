import { type CityId, cityAreas, generateCity } from '@hengjian/generator';
import { closeQuarter, loadProject } from '@hengjian/models';
import { saveArea } from '@hengjian/models/registries/save-area.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import { writeDirectly } from '@hengjian/models/testing/write-directly.ts';
import type { Warehouse } from '@hengjian/warehouse';

/** The same district each time: two quarters, the first published where that is asked for, the second a draft. */
const PERIOD = { firstQuarter: '2025Q1', until: '2025-06-30' };

/** A city whose rule set has no points, with every lateness and omission that its items measure. */
export async function fillCity(warehouse: Warehouse, dataDir: string, city: CityId, published: boolean): Promise<void> {
  for (const area of cityAreas(city)) saveArea(dataDir, { ...area, parent: '', from: '', to: '' });
  const lines = Buffer.concat([...generateCity({ city, ...PERIOD })])
    .toString()
    .trim()
    .split('\n');
  await loadEvents(
    warehouse,
    lines.map((line) => JSON.parse(line) as TestEvent),
  );
  const project = loadProject({ ruleset: city });
  await refresh(warehouse, project, { now: new Date('2025-08-01T00:00:00Z') });
  if (published) await closeQuarter({ warehouse, project, write: writeDirectly(warehouse), by: 'office' }, '2025Q1');
}
