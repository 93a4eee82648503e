import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TemporaryWarehouse, temporaryWarehouse } from '../testing.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

const settings = async (table: string, names: readonly string[]): Promise<Record<string, string>> => {
  const rows = await temporary.warehouse.query<{ name: string; value: string }>(
    `SELECT name, value FROM system.${table} WHERE name IN {names:Array(String)}`,
    { names },
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
};

test('superseded parts are removed within seconds in every table, and not before what replaced them is on the disk', async () => {
  expect(
    await settings('merge_tree_settings', [
      'old_parts_lifetime',
      'cleanup_delay_period',
      'max_cleanup_delay_period',
      'min_rows_to_fsync_after_merge',
    ]),
  ).toEqual({
    old_parts_lifetime: '0',
    cleanup_delay_period: '3',
    max_cleanup_delay_period: '10',
    min_rows_to_fsync_after_merge: '1',
  });
  // No table says otherwise.
  expect(
    await temporary.warehouse.query(
      `SELECT name FROM system.tables WHERE database = currentDatabase() AND match(engine_full, 'cleanup_delay|old_parts|fsync_after_merge')`,
    ),
  ).toEqual([]);
});

test('parts are written with small buffers', async () => {
  expect(await settings('merge_tree_settings', ['max_compress_block_size'])).toEqual({
    max_compress_block_size: '131072',
  });
});

test('files of parts are removed by two threads', async () => {
  expect(await settings('server_settings', ['max_parts_cleaning_thread_pool_size'])).toEqual({
    max_parts_cleaning_thread_pool_size: '2',
  });
});

test('freed memory goes back to the system by itself', async () => {
  const [row] = await temporary.warehouse.query<Record<string, string>>('SELECT * FROM system.jemalloc_stats');
  const stats = Object.values(row!)[0]!;
  expect(stats).toMatch(/opt\.background_thread: true \(background_thread: true\)/);
  expect(stats).toMatch(/opt\.dirty_decay_ms: 500 /);
});
