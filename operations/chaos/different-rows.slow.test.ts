import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { expect, test } from 'vitest';
import { differentRows } from './different-rows.ts';

const event = (id: string, data: string, recorded: string) => ({
  source: '/s',
  id,
  type: 't',
  data,
  recorded_at: `2025-04-01 09:00:0${recorded}.000000`,
});

test('rows that differ are shown from both sides, whenever they were stored; at most two of each', async () => {
  const [streamed, imported] = await Promise.all([temporaryWarehouse(), temporaryWarehouse()]);
  try {
    await streamed.warehouse.insert('events', [event('1', '{}', '1'), event('2', '{"tier":"A"}', '1')]);
    await imported.warehouse.insert('events', [event('1', '{}', '2'), event('2', '{"tier":"B"}', '2')]);
    expect(await differentRows(streamed.warehouse, imported.warehouse)).toEqual([
      expect.stringMatching(/^only streamed: .*"id":"2".*tier.*A/),
      expect.stringMatching(/^only imported: .*"id":"2".*tier.*B/),
    ]);
    await imported.warehouse.insert('events', [event('3', '{}', '3'), event('4', '{}', '3')]);
    expect(await differentRows(streamed.warehouse, imported.warehouse)).toHaveLength(3);
    expect(await differentRows(imported.warehouse, imported.warehouse)).toEqual([]);
  } finally {
    await Promise.all([streamed.close(), imported.close()]);
  }
});
