import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYTHING, insertedAfter, newestBlocks } from './inserted-after.ts';
import { murmur3, xxHash32 } from './key-hash.ts';
import { KnownKeys } from './known-keys.ts';

describe('keys that others store meanwhile', () => {
  let temporary: TemporaryWarehouse;
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(() => temporary.close());

  const source = 'urn:known';
  const store = (ids: string[], recorded_at: string) =>
    temporary.warehouse.insert(
      'events',
      ids.map((id) => ({ id, source, type: 't', time: '2025-04-01 09:00:00', recorded_at })),
    );
  const has = (keys: KnownKeys, id: string) => {
    const [bytes, of] = [Buffer.from(id), Buffer.from(source)];
    return keys.mayHave(
      (murmur3(bytes, 0, bytes.length) ^ murmur3(of, 0, of.length)) >>> 0,
      (xxHash32(bytes, 0, bytes.length) ^ xxHash32(of, 0, of.length)) >>> 0,
    );
  };

  test('are found at the next look, however long ago the last one was and whatever clocks said', async () => {
    await store(['first'], '2025-04-01 12:00:00');
    const keys = new KnownKeys(temporary.warehouse);
    await keys.loaded;
    expect([has(keys, 'first'), has(keys, 'other')]).toEqual([true, false]);
    // A writer whose clock is hours behind, then one whose clock is hours ahead; parts of both are merged.
    await store(['behind'], '2025-04-01 03:00:00');
    await store(['ahead'], '2025-04-01 23:00:00');
    await store(['another month'], '2025-03-01 12:00:00');
    await temporary.warehouse.command('OPTIMIZE TABLE events FINAL');
    await keys.topUp(temporary.warehouse);
    expect(['first', 'behind', 'ahead', 'another month', 'other'].map((id) => has(keys, id))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
    await store(['behind again'], '2025-04-01 03:00:00');
    await keys.topUp(temporary.warehouse);
    expect(has(keys, 'behind again')).toBe(true);
    await keys.stop();
  });

  test('are found in a table that was put in place of the other', async () => {
    const keys = new KnownKeys(temporary.warehouse);
    await keys.loaded;
    await temporary.warehouse.command('CREATE TABLE events_new AS events');
    await temporary.warehouse.command('EXCHANGE TABLES events AND events_new');
    await store(['restored'], '2025-04-01 12:00:00');
    await keys.topUp(temporary.warehouse);
    expect(has(keys, 'restored')).toBe(true);
    await keys.stop();
  });

  test('all are read again of another table, also where its numbers are higher', async () => {
    const before = await newestBlocks(temporary.warehouse);
    await store(['one more'], '2025-04-01 12:00:00');
    expect(insertedAfter(before, await newestBlocks(temporary.warehouse))).not.toBe(EVERYTHING);
    await temporary.warehouse.command('CREATE TABLE events_later AS events');
    await temporary.warehouse.command('EXCHANGE TABLES events AND events_later');
    for (const id of ['a', 'b', 'c', 'd']) await store([id], '2025-04-01 12:00:00');
    const now = await newestBlocks(temporary.warehouse);
    expect(before.blocks.size).toBe(1);
    for (const [partition, block] of before.blocks) expect(now.blocks.get(partition)).toBeGreaterThan(block);
    expect(insertedAfter(before, now)).toBe(EVERYTHING);
  });
});
