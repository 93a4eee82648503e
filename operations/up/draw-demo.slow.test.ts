import { fullRights } from '@hengjian/contract/write-rights.ts';
import { generateDistrict } from '@hengjian/generator';
import { importLines } from '@hengjian/ingest';
import { readTeams } from '@hengjian/models/draw/task/read-teams.ts';
import { repeatTaskDraw } from '@hengjian/models/draw/task/run-task-draw.ts';
import { verifyTaskRecord } from '@hengjian/models/draw/task/verify-task-record.ts';
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
    const lines = generateDistrict({ seed: 1, subjects: 1500, volume: 0.05, quarters: 2, until: '2026-09-30' });
    await importLines({ writer: opened.writer, name: 'demo', lines }).finally(() => opened.stop());
    const writer = writerWhenNeeded({ environment, warehouse: async () => warehouse });
    const draw = () =>
      drawDemo(warehouse, (events) => writer.write(events, fullRights('demo')), new Date('2026-10-08T02:00:00Z'));
    await draw();
    await draw();
    for (const [task, n] of [
      ['demo-catering-2026', 24],
      ['demo-shops-2026', 30],
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
  } finally {
    await close();
  }
}, 300_000);
