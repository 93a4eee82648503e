import type { Warehouse } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseQuarter } from '../calendar/quarter.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { randomLog } from '../testing/oracle/random-district.ts';
import { quarterModels } from './compile-graph.ts';
import { loadProject, type Project } from './project.ts';
import { refresh } from './refresh.ts';
import { buildWhatIf } from './what-if.ts';

const QUARTERS = ['2025Q1', '2025Q2'];

async function rowsOf(warehouse: Warehouse, model: string, quarter: string): Promise<string[]> {
  const rows = await warehouse.query<object>(`SELECT * FROM ${model} WHERE quarter = {quarter:String}`, { quarter });
  return rows.map((row) => JSON.stringify(row)).sort();
}

describe('an incremental refresh', () => {
  let temporary: TemporaryWarehouse;
  let project: Project;
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    project = loadProject();
  });
  afterAll(() => temporary.close());

  it('equals a full build, row for row, after any sequence of appended, late and voided events, in any number of slices', {
    timeout: 900_000,
  }, async () => {
    const { warehouse } = temporary;
    const incremental = quarterModels(project.graph, project.ruleSet.bindings).map(({ name }) => name);
    const log = fc
      .tuple(randomLog(70), fc.boolean())
      .map(([events, inOrder]) =>
        inOrder ? [...events].sort((a, b) => Date.parse(a.time) - Date.parse(b.time)) : events,
      );
    const runs = Number(process.env.INCREMENTAL_RUNS ?? 2);
    await fc.assert(
      fc.asyncProperty(
        log,
        fc.array(fc.integer({ min: 5, max: 30 }), { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 1, max: 8 }),
        async (events, cuts, slices) => {
          await warehouse.command('TRUNCATE TABLE events');
          let rest: TestEvent[] = events;
          for (const cut of [...cuts, events.length]) {
            // The same events sent again are not stored again: ingest leaves duplicates out, and so does the loader.
            await loadEvents(warehouse, rest.slice(0, cut));
            rest = rest.slice(cut);
            await refresh(warehouse, project, { quarters: QUARTERS, slices });
          }
          for (const quarter of QUARTERS) {
            const full = await buildWhatIf(warehouse, project, parseQuarter(quarter)!, { marts: incremental });
            try {
              for (const model of incremental)
                expect([model, await rowsOf(warehouse, model, quarter)]).toEqual([
                  model,
                  await rowsOf(full.warehouse, model, quarter),
                ]);
            } finally {
              await full.drop();
            }
          }
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
  });
});
