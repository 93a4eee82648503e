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
import { arbitraryQuirks, type PlainTable, plainCsv, quirkyFile, xlsxWithCell } from './testing/quirky-table.ts';
import type { SheetCell } from './testing/quirky-workbook.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-quirks-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const layouts = loadLayouts();
const units = new UnitNames(UNITS);
const knowledge = { layouts, units, limits: { marks: {} } };

async function read(content: Buffer, name: string) {
  const path = join(directory, name);
  writeFileSync(path, content);
  const table = await readTable(path, await headOf(path), knowledge, {});
  const entries: Entry[] = [];
  for await (const { entry, bytes } of table.plan.rows()) {
    const { type, id, time, department, refusal } = entry;
    const event = (refusal ? {} : JSON.parse(bytes.toString())) as Partial<Pick<Entry, 'subject' | 'region' | 'data'>>;
    // Cells of other columns: the quirks bring some of their own.
    const { row: _, ...said } = event.data ?? {};
    const data = JSON.parse(spelledAlike(JSON.stringify(said))) as Entry['data'];
    const { subject, region } = event;
    entries.push({ type, id, time, department, refusal: refusal?.reason, subject, region, data });
  }
  await table.plan.close();
  return {
    layouts: table.sheets.map(({ header }) => header.layout.id),
    entries: entries.sort((a, b) => (a.id + a.refusal < b.id + b.refusal ? -1 : 1)),
  };
}

/** Numbers of documents are kept as they are written; the quirks write their brackets in other ways. */
const spelledAlike = (json: string): string =>
  json
    .normalize('NFKC')
    .replaceAll(/[【〖]|(?<=[\p{L}])[[({](?=\d{4}[\])}])/gu, '〔')
    .replaceAll(/[】〗]|(?<=〔\d{4})[\])}]/gu, '〕')
    .replaceAll(/(?<=〔\d{4}〕) /g, '');

/** What the cells of decisions say, by the generator's own account. */
function decisionsIn({ columns, rows }: PlainTable): object[] {
  return rows.map((row) => {
    const cell = (name: string) => {
      const at = columns.indexOf(name);
      const value = at < 0 ? undefined : Object.values(row[at]!)[0];
      return value === '' ? undefined : value;
    };
    return {
      subject: cell('subject'),
      doc_no: cell('doc'),
      decided_on: cell('decided'),
      name: cell('name'),
      certificate_no: cell('cert'),
      status: STATES[String(cell('status') ?? '')],
      amount: cell('fine'),
      authority: cell('organ'),
    };
  });
}
const STATES: Record<string, string> = { 有效: 'valid', 撤销: 'revoked', 异议: 'disputed' };

function decisionsOf(entries: readonly Entry[]): object[] {
  return entries.map(({ subject, data }) => {
    const { doc_no, decided_on, name, certificate_no, status, authority, amount } = data;
    return {
      subject,
      doc_no,
      decided_on,
      name,
      certificate_no,
      status,
      amount: amount === undefined ? undefined : Number(amount),
      authority,
    };
  });
}

const sorted = (things: readonly object[]): string[] => things.map((one) => JSON.stringify(one)).sort();

interface Entry {
  type: string;
  id: string;
  time: string;
  department: string;
  refusal: string | undefined;
  subject: string | undefined;
  region: string | undefined;
  data: Record<string, unknown>;
}

describe('a table with quirks is the table without them', () => {
  test.each(layouts.map((layout) => [layout.id, layout] as const))('%s', async (id, layout) => {
    await fc.assert(
      fc.asyncProperty(tableOf(layout), arbitraryQuirks, async (table, quirks) => {
        const plain = await read(plainCsv(table), `${id}-plain`);
        expect(plain.layouts).toEqual([id]);
        expect(plain.entries.length).toBeGreaterThan(0);
        expect(plain.entries.filter(({ refusal }) => refusal)).toEqual([]);
        if (/^(xk|cf)-/.test(id))
          expect(sorted(decisionsOf(plain.entries.filter(({ type }) => type.endsWith('.entered'))))).toEqual(
            sorted(decisionsIn(table)),
          );
        expect(await read(quirkyFile(table, quirks), `${id}-quirky`)).toEqual(plain);
      }),
      { numRuns: propertyRuns(25) },
    );
  });
});

/** What a spreadsheet makes of a long number, or of one that it takes for a day. Texts come in CSV. */
const DAMAGED: Record<string, readonly SheetCell[]> = {
  subject: ['9.13E+17', '9.13206E+17', '913206710000000000', 9.13206710000001e17],
  doc: ['2.02E+17', 2.0250409e17, { day: '2025-04-09', as: 'date', style: 0 }],
  task: ['3.2E+15', 1.23456789012345e15, { day: '2025-04-09', as: 'date', style: 4 }],
};

describe('a number that a spreadsheet has damaged', () => {
  const cases = layouts.flatMap((layout) =>
    Object.keys(DAMAGED)
      .filter((column) => layout.required.includes(column) && !layout.lines.has(column))
      .map((column) => [layout.id, column, layout] as const),
  );
  test.each(cases)('%s, %s: that row alone is refused', async (id, column, layout) => {
    await fc.assert(
      fc.asyncProperty(tableOf(layout), fc.constantFrom(...DAMAGED[column]!), async (table, damaged) => {
        const at = table.columns.indexOf(column);
        const [first, ...others] = table.rows;
        const rows = [first!.map((cell, index) => (index === at ? { text: String(damaged) } : cell)), ...others];
        const content = typeof damaged === 'string' ? plainCsv({ ...table, rows }) : xlsxWithCell(table, at, damaged);
        const { entries } = await read(content, `${id}-damaged`);
        expect(entries.flatMap(({ refusal }) => refusal ?? [])).toEqual(['number_damaged']);
      }),
      { numRuns: 6 },
    );
  });
});
