import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { expect, test } from 'vitest';
import { createPublicationTables } from '../publication/publication-tables.ts';
import { chainTable } from './publication-tables.ts';
import { readRows } from './statement.ts';

/** A reason as it was written, and as it leaves. */
const REASONS: [string, string][] = [
  ['补录认领', '补录认领'],
  ["见'附件'\n电话(0513)85551234，手机 １３９ 1234 5678", "见'附件'\n电话***，手机 ***"],
  ['91320100MA1XYWG030 已更正', '91320100MA1XYWG030 已更正'],
  ['推送编号 20250409001234 重复', '推送编号 20250409001234 重复'],
];

test('reasons of publications leave without numbers of persons, and with those of enterprises and records', async () => {
  const { warehouse, close } = await temporaryWarehouse();
  try {
    await createPublicationTables(warehouse);
    for (const [index, [reason]] of REASONS.entries())
      await warehouse.command(
        `INSERT INTO publications (publication, sequence, quarter, reason)
         SELECT generateUUIDv4(), {sequence:UInt32}, '2025Q1', {reason:String}`,
        { sequence: index + 1, reason },
      );
    const rows = await readRows(warehouse, await chainTable(warehouse, EVERYTHING));
    expect(rows.map(({ sequence, reason }) => [sequence, reason])).toEqual(
      REASONS.map(([, left], index) => [index + 1, left]),
    );
    expect(await readRows(warehouse, await chainTable(warehouse, { ...EVERYTHING, roles: [] }))).toEqual([]);
  } finally {
    await close();
  }
});
