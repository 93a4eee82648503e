import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, statementsOf } from './migrate.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from './testing.ts';
import type { Warehouse } from './warehouse.ts';

let temporary: TemporaryWarehouse;
let scratch: Warehouse;
let directory: string;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  scratch = await temporary.warehouse.scratch('migrations_test');
  directory = mkdtempSync(join(tmpdir(), 'hengjian-migrations-'));
});
afterAll(async () => {
  await scratch.close();
  await temporary.close();
  rmSync(directory, { recursive: true });
});

test('each is applied once, in order; a changed or unknown one is refused', async () => {
  writeFileSync(join(directory, '0002_b.sql'), 'ALTER TABLE a ADD COLUMN t String;\n');
  writeFileSync(
    join(directory, '0001_a.sql'),
    '-- first; with a comment\nCREATE TABLE a (n UInt8) ENGINE = MergeTree ORDER BY n;\nINSERT INTO a VALUES (1);\n',
  );
  expect(await migrate(scratch, directory)).toEqual(['0001_a.sql', '0002_b.sql']);
  expect(await migrate(scratch, directory)).toEqual([]);
  expect(await scratch.query('SELECT n, t FROM a')).toEqual([{ n: 1, t: '' }]);

  writeFileSync(join(directory, '0002_b.sql'), 'ALTER TABLE a ADD COLUMN u String;\n');
  await expect(migrate(scratch, directory)).rejects.toThrow(/0002_b\.sql was changed/);
  rmSync(join(directory, '0002_b.sql'));
  await expect(migrate(scratch, directory)).rejects.toThrow(/0002_b\.sql, which this version does not know/);
});

test('statements end with a semicolon at the end of a line', () => {
  expect(statementsOf("SELECT ';' AS a;\n-- no; statement\nSELECT 2;  \n")).toEqual(["SELECT ';' AS a", 'SELECT 2']);
});
