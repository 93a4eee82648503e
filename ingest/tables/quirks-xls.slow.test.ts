/** The property of `quirks.test.ts` for workbooks of Excel 97: each is read in a thread of its own, which takes longer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { headOf } from './files/open-workbook.ts';
import { readTable } from './import/open-table.ts';
import { loadLayouts } from './layouts/load-layouts.ts';
import { UnitNames } from './rows/unit-names.ts';
import { tableOf, UNITS } from './testing/arbitrary-table.ts';
import { arbitraryQuirks, plainCsv, quirkyFile } from './testing/quirky-table.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-quirks-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const layouts = loadLayouts();
const knowledge = { layouts, units: new UnitNames(UNITS), limits: { marks: {} } };

async function idsOf(content: Buffer, name: string) {
  const path = join(directory, name);
  writeFileSync(path, content);
  const { format, plan } = await readTable(path, await headOf(path), knowledge, {});
  await plan.close();
  return { format, ids: plan.entries.map(({ id, refusal }) => refusal?.reason ?? id).sort() };
}

test.each(layouts.map((layout) => [layout.id, layout] as const))(
  '%s',
  async (id, layout) => {
    await fc.assert(
      fc.asyncProperty(tableOf(layout), arbitraryQuirks, async (table, quirks) => {
        const plain = await idsOf(plainCsv(table), `${id}-plain`);
        const old = await idsOf(quirkyFile(table, { ...quirks, format: 'xls' }), `${id}-xls`);
        expect(old).toEqual({ format: 'xls', ids: plain.ids });
      }),
      { numRuns: 4 },
    );
  },
  120_000,
);
