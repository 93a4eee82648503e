import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { fullRights } from '@hengjian/contract/write-rights.ts';
import { generateDistrict } from '@hengjian/generator';
import { importLines } from '@hengjian/ingest';
import { readTeams } from '@hengjian/models/draw/task/read-teams.ts';
import { repeatTaskDraw } from '@hengjian/models/draw/task/run-task-draw.ts';
import { verifyTaskRecord } from '@hengjian/models/draw/task/verify-task-record.ts';
import { listDrawTasks } from '@hengjian/models/queries/draws/list-draw-tasks.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { readEnvironment } from '@hengjian/warehouse';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { expect, test } from 'vitest';
import { openEventWriter, writerWhenNeeded } from '../open-event-writer.ts';
import { drawDemo } from './draw-demo.ts';

test('the demo has draws that hold, with teams; started again, no second ones', async () => {
  const { warehouse, dataDir, close } = await temporaryWarehouse();
  try {
    const environment = readEnvironment({ HENGJIAN_DATA_DIR: dataDir });
    const opened = await openEventWriter({ environment, warehouse: async () => warehouse, expectedEvents: 0 });
    const lines = generateDistrict({ seed: 1, subjects: 1500, volume: 0.05, quarters: 6, until: '2026-09-30' });
    await importLines({ writer: opened.writer, name: 'demo', lines }).finally(() => opened.stop());
    const writer = writerWhenNeeded({ environment, warehouse: async () => warehouse });
    const draw = () =>
      drawDemo(warehouse, (events) => writer.write(events, fullRights('demo')), new Date('2026-10-08T02:00:00Z'));
    await draw();
    await draw();
    for (const [task, n] of [
      ['demo-catering-2026', 24],
      ['demo-shops-2026', 30],
      ['demo-2025Q4', 20],
      ['demo-2026Q1', 20],
      ['demo-2026Q2', 20],
      ['demo-2026Q3', 20],
    ] as const) {
      const record = await repeatTaskDraw(warehouse, task);
      expect(record.selected).toHaveLength(n);
      const checks = await verifyTaskRecord(warehouse, task, record);
      expect(checks.filter(({ problem }) => problem)).toEqual([]);
      expect(checks.find(({ name }) => name === 'attempt')?.finding).toContain('there is no other');
      const [teams] = await readTeams(warehouse, { task });
      expect(teams!.visits).toHaveLength(n);
      expect(teams!.visits.every(({ inspectors }) => inspectors.length === 2)).toBe(true);
    }
    const [past, open] = ['demo-2026Q1', 'demo-catering-2026'].map((task) =>
      listDrawTasks(EVERYTHING, { year: 0, task, limit: 2, offset: 0 }),
    );
    const [finished] = await readRows(warehouse, past!);
    expect(finished).toMatchObject({
      year: 2026,
      objects: 20,
      done: 20,
      entered: 20,
      drawn_at: '2026-02-06 09:30:00.000000',
    });
    expect(finished!.published).toBeGreaterThan(10);
    expect(finished!.findings).toBeGreaterThan(0);
    expect((await readRows(warehouse, open!))[0]).toMatchObject({ done: 0, state: 'drawn' });
    // Visits are made by those who were drawn for them, on working days after the draw.
    const [visits] = await warehouse.query<{ n: number; early: number; weekend: number }>(
      `SELECT toUInt32(count()) AS n, toUInt32(countIf(time < '2026-02-13')) AS early, toUInt32(countIf(toDayOfWeek(time, 0, 'Asia/Shanghai') > 5)) AS weekend
       FROM events WHERE source = '/hengjian/demo' AND type = 'inspection.done' AND JSONExtractString(data, 'task_id') = 'demo-2026Q1'`,
    );
    expect(visits).toEqual({ n: 20, early: 0, weekend: 0 });
  } finally {
    await close();
  }
}, 600_000);
