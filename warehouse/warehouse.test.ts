import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWarehouse } from './open-warehouse.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from './testing.ts';
import type { Warehouse } from './warehouse.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

/** The same contract on both ways in: the own engine, and an engine reached by URL. */
describe.each(['embedded', 'by URL'] as const)('warehouse %s', (way) => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = way === 'embedded' ? temporary.warehouse : await openWarehouse({ url: temporary.url });
    await warehouse.command(
      'CREATE OR REPLACE TABLE t (a UInt64, s String) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100',
    );
  });
  afterAll(async () => {
    if (way === 'by URL') await warehouse.close();
  });

  test('typed parameters, 64-bit integers as numbers, decimals as text', async () => {
    const rows = await warehouse.query("SELECT {n:UInt64} + 1 AS n, {s:String} AS s, toDecimal64('1.10', 2) AS d", {
      n: 41,
      s: "O'Brien; DROP",
    });
    expect(rows).toEqual([{ n: 42, s: "O'Brien; DROP", d: '1.1' }]);
  });

  test('an insert retried with its token is stored once', async () => {
    const rows = [
      { a: 1, s: 'x' },
      { a: 2, s: '衡鉴' },
    ];
    await warehouse.insert('t', rows, { token: 'once' });
    await warehouse.insert('t', rows, { token: 'once' });
    expect(await warehouse.query('SELECT a, s FROM t ORDER BY a')).toEqual(rows);
  });

  test('Arrow comes uncompressed', async () => {
    const bytes = await warehouse.arrow('SELECT toUInt32(number) AS n FROM numbers(3)');
    expect(Buffer.from(bytes.subarray(0, 4)).toString('hex')).toBe('ffffffff');
  });

  test('a scratch database is apart and goes', async () => {
    const scratch = await warehouse.scratch('scratch_test');
    await scratch.command('CREATE TABLE only_here (a UInt8) ENGINE = Memory');
    await expect(warehouse.query('SELECT * FROM only_here')).rejects.toThrow(/only_here/);
    await scratch.drop();
    await scratch.close();
    expect(await warehouse.query("SELECT name FROM system.databases WHERE name = 'scratch_test'")).toEqual([]);
  });
});

test('the reader cannot write', async () => {
  await expect(temporary.reader.command('CREATE TABLE no (a UInt8) ENGINE = Memory')).rejects.toThrow(
    /privileges|readonly/i,
  );
});

test('without the gate and as the default user nobody gets in', async () => {
  const { url, gate } = temporary.engine.access;
  expect((await fetch(`${url}/?query=SELECT+1`)).status).toBe(404);
  const asDefault = await fetch(`${url}/?query=SELECT+1`, { headers: { 'X-Gate': gate } });
  expect(await asDefault.text()).toMatch(/overflown session count/);
});

test('a killed engine comes back by itself with what it had acknowledged, and calls made meanwhile succeed', async () => {
  const before = temporary.engine.restarts();
  await temporary.warehouse.insert('t', [{ a: 77, s: 'kept' }], { token: 'kept' });
  process.kill(temporary.engine.pid()!, 'SIGKILL');
  await temporary.warehouse.insert('t', [{ a: 78, s: 'during' }], { token: 'during' });
  expect(await temporary.warehouse.query('SELECT a FROM t WHERE a >= 77 ORDER BY a')).toEqual([{ a: 77 }, { a: 78 }]);
  expect(temporary.engine.restarts()).toBe(before + 1);
});
