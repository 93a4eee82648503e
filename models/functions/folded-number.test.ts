/** Document numbers are compared in SQL as the import of tables compares them. */
import { cellText, fold } from '@hengjian/ingest/tables/cells/cell.ts';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withFunctions } from '../runner/sql-functions.ts';

let temporary: Awaited<ReturnType<typeof temporaryWarehouse>>;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

const piece = fc.constantFrom(
  ...'演云市监罚许可决第号字〔〕【】〖〗［］[]{}（）()2025０１２９aBｚＺ-－ 　\t\n\u00a0\u2003\u200b\u2060\ufeff\'"=/㈠①ﬁ',
  '="',
  "'",
);

test('F in SQL and in the import are one', async () => {
  const numbers = fc
    .sample(fc.array(piece, { maxLength: 14 }), { numRuns: 3_000, seed: 7 })
    .map((parts) => parts.join(''));
  numbers.push('演云许可〔2025〕第 60号', "'演云罚【２０２５】３号", '="123"', 'xk-2025-ａ');
  const rows = await temporary.warehouse.query<{ folded: string }>(
    withFunctions('SELECT folded_number(number) AS folded FROM (SELECT arrayJoin({numbers:Array(String)}) AS number)'),
    { numbers },
  );
  const wrong = numbers.flatMap((number, index) => {
    const expected = fold(cellText(number));
    return rows[index]!.folded === expected ? [] : [[number, rows[index]!.folded, expected]];
  });
  expect(wrong).toEqual([]);
});
