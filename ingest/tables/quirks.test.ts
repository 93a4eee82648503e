/** Any table of any layout, written with the quirks of office-files §2 and §3, reads back to the rows it was made from. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { headOf } from './files/open-workbook.ts';
import { readTable } from './import/open-table.ts';
import { loadLayouts } from './layouts/load-layouts.ts';
import { UnitNames } from './rows/unit-names.ts';
import { tableOf, UNITS } from './testing/arbitrary-table.ts';
import { arbitraryQuirks, plainCsv, quirkyFile } from './testing/quirky-table.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-quirks-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const layouts = loadLayouts();
const units = new UnitNames(UNITS);
const knowledge = { layouts, units, limits: { marks: {} } };

async function read(content: Buffer, name: string) {
  const path = join(directory, name);
  writeFileSync(path, content);
  const table = await readTable(path, await headOf(path), knowledge, {});
  await table.plan.close();
  return {
    layouts: table.sheets.map(({ header }) => header.layout.id),
    entries: table.plan.entries
      .map(({ type, id, time, department, refusal }) => ({ type, id, time, department, refusal: refusal?.reason }))
      .sort((a, b) => (a.id + a.refusal < b.id + b.refusal ? -1 : 1)),
  };
}

describe('a table with quirks is the table without them', () => {
  test.each(layouts.map((layout) => [layout.id, layout] as const))('%s', async (id, layout) => {
    await fc.assert(
      fc.asyncProperty(tableOf(layout), arbitraryQuirks, async (table, quirks) => {
        const plain = await read(plainCsv(table), `${id}-plain`);
        expect(plain.layouts).toEqual([id]);
        expect(plain.entries.length).toBeGreaterThan(0);
        expect(plain.entries.filter(({ refusal }) => refusal)).toEqual([]);
        expect(await read(quirkyFile(table, quirks), `${id}-quirky`)).toEqual(plain);
      }),
      { numRuns: propertyRuns(25) },
    );
  });
});

describe('a code that a spreadsheet has rounded', () => {
  const withSubject = layouts.filter(({ required }) => required.includes('subject'));
  test.each(withSubject.map((layout) => [layout.id, layout] as const))(
    '%s refuses that row alone',
    async (id, layout) => {
      await fc.assert(
        fc.asyncProperty(tableOf(layout), fc.constantFrom('9.13E+17', '913206710000000000'), async (table, damaged) => {
          const [first, ...others] = table.rows;
          const rows = [first!.map((cell) => ('code' in cell ? { text: damaged } : cell)), ...others];
          const { entries } = await read(plainCsv({ ...table, rows }), `${id}-damaged`);
          expect(entries.flatMap(({ refusal }) => refusal ?? [])).toEqual(['number_damaged']);
        }),
        { numRuns: 5 },
      );
    },
  );
});
