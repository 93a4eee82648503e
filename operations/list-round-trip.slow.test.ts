/** Any events of any layout, taken away as a list in either form, come back as the events that they are: whatever units are called. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvTable } from '@hengjian/contract/csv-table.ts';
import { csv } from '@hengjian/contract/csv-text.ts';
import type { DataCell, DataTable } from '@hengjian/contract/data-table.ts';
import { writeTable } from '@hengjian/documents';
import { headOf } from '@hengjian/ingest/tables/files/open-workbook.ts';
import { type ReadTable, readTable } from '@hengjian/ingest/tables/import/open-table.ts';
import type { Layout } from '@hengjian/ingest/tables/layouts/layout.ts';
import { loadLayouts } from '@hengjian/ingest/tables/layouts/load-layouts.ts';
import type { StoredEvent } from '@hengjian/ingest/tables/lists/list-writer.ts';
import { storedList, writerOf } from '@hengjian/ingest/tables/lists/stored-list.ts';
import { readMarks } from '@hengjian/ingest/tables/rows/record-mark.ts';
import { UnitNames } from '@hengjian/ingest/tables/rows/unit-names.ts';
import { tableOf, UNITS } from '@hengjian/ingest/tables/testing/arbitrary-table.ts';
import { type PlainTable, plainCsv } from '@hengjian/ingest/tables/testing/quirky-table.ts';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-lists-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const layouts = loadLayouts();
const listed = layouts.filter((layout) => layout.template && writerOf(layout));
/** What a spreadsheet or a list would take for something else. */
const NAMES = [
  '甲、乙局',
  '丙\n丁局',
  '"戊",局',
  '12345678901234567',
  '＝庚局',
  "'辛局",
  '-1+1',
  '=1+1',
  '壬_x0041_局',
];
const name = fc.constantFrom(...NAMES);

/** Which events are of one record, as the writer's SQL says it. */
const RECORD: Record<string, (event: StoredEvent) => unknown[]> = {
  licences: ({ department, subject, data }) => [department, subject, data.doc_no ?? data.record_id],
  pushes: ({ data }) => [data.push_id],
  results: ({ department, subject, data }) => [department, subject, data.task_id],
  draws: ({ data }) => [data.task_id],
  tasks: ({ data }) => [data.task_id],
  listings: ({ subject }) => [subject],
  attendance: ({ data }) => [data.meeting_id],
  materials: ({ data }) => [data.obligation_id],
  firms: ({ subject }) => [subject],
  plans: ({ department, data }) => [department, data.plan_id],
  punishments: ({ data }) => [data.case_id],
  repairs: ({ department, subject, data }) => [department, subject, data.record_id],
  objections: ({ data }) => [data.objection_id],
};
const recordOf = ({ rows }: Layout, event: StoredEvent): string =>
  JSON.stringify(RECORD[rows === 'penalties' ? 'licences' : rows]?.(event) ?? [event.id]);

async function read(content: Buffer, units: UnitNames): Promise<ReadTable> {
  const path = join(directory, crypto.randomUUID());
  writeFileSync(path, content);
  return readAt(path, units);
}
const readAt = async (path: string, units: UnitNames) =>
  readTable(path, await headOf(path), { layouts, units, limits: { marks: {} } }, {});

/** As the table brought them, or as if another system had sent them: under ids of its own, at an hour of the day. */
async function storedEvents(table: ReadTable, sent: boolean): Promise<StoredEvent[]> {
  const events = new Map<string, StoredEvent>();
  for await (const { entry, bytes } of table.plan.rows()) {
    expect(entry.refusal).toBeUndefined();
    const event = JSON.parse(bytes.toString()) as StoredEvent;
    const { type, department, region = '', subject = '', data } = event;
    const time = sent ? `${event.time.slice(0, 11)}08:07:06` : event.time.slice(0, 19);
    const own = sent ? { source: 'urn:city:credit,%20a', id: `${events.size} x` } : event;
    events.set(event.id, { source: own.source, id: own.id, type, time, department, region, subject, data });
  }
  await table.plan.close();
  return [...events.values()];
}

function listOf(
  layout: Layout,
  events: readonly StoredEvent[],
  units: UnitNames,
  nameOf: (unit: string) => string,
): DataTable {
  const lines = events
    .map((event) => ({ ...event, record: recordOf(layout, event), data: JSON.stringify(event.data) }))
    .sort((a, b) => (a.record + a.time < b.record + b.time ? -1 : 1));
  const warehouse = {
    query: async () => [],
    stream: async () => new Blob([lines.map((line) => `${JSON.stringify(line)}\n`).join('')]).stream(),
  };
  return storedList(warehouse as never, layout, writerOf(layout)!, 'all', { units, nameOf });
}

async function asCsv(table: DataTable): Promise<string> {
  const { head, batches } = csvTable(table);
  const rows: (readonly DataCell[])[] = [head];
  for await (const batch of batches) rows.push(...batch);
  const path = join(directory, crypto.randomUUID());
  writeFileSync(path, csv(rows));
  return path;
}
async function asWorkbook(table: DataTable): Promise<string> {
  const path = join(directory, crypto.randomUUID());
  await writeTable(table, path);
  return path;
}

/** A listing that was withdrawn never happened and is in no list; one that two rows take off in two ways, no rows could say. */
function standingOnce({ columns, rows }: PlainTable): PlainTable['rows'] {
  const [subject, state] = [columns.indexOf('subject'), columns.indexOf('state')];
  const standing = rows.map((row) => row.with(state, { text: '' }));
  return [...new Map(standing.map((row) => [JSON.stringify(row[subject]), row])).values()];
}

test.each(listed.map((layout) => [layout.id, layout] as const))('%s', async (_, layout) => {
  const given = new UnitNames(UNITS);
  await fc.assert(
    fc.asyncProperty(tableOf(layout), fc.boolean(), fc.tuple(name, name), async (plain, sent, names) => {
      fc.pre(names[0] !== names[1]);
      const rows = layout.rows === 'listings' ? standingOnce(plain) : plain.rows;
      const events = await storedEvents(await read(plainCsv({ ...plain, rows }), given), sent);
      const called = new Map(UNITS.map(({ id }, index) => [id, names[index]!]));
      // Authorities are written as the tables had them.
      const units = new UnitNames(UNITS.map((unit) => ({ ...unit, name: called.get(unit.id)!, aliases: [unit.name] })));
      for (const write of [asCsv, asWorkbook]) {
        const marks = new Map<string, string>();
        const list = listOf(layout, events, units, (unit) => called.get(unit) ?? unit);
        async function* noted() {
          for await (const batch of list.batches) {
            for (const row of batch)
              for (const { tableId, source, id } of readMarks(String(row.at(-1) ?? '')))
                marks.set(tableId, `${source}\n${id}`);
            yield batch;
          }
        }
        const again = await readAt(await write({ ...list, batches: noted() }), units);
        expect([again.sheets.map(({ header }) => header.layout.id), list.notes]).toEqual([[layout.id], undefined]);
        const back = again.plan.entries.map(
          ({ id, refusal }) => refusal?.reason ?? marks.get(id) ?? `${again.plan.source}\n${id}`,
        );
        expect(new Set(back)).toEqual(new Set(events.map(({ source, id }) => `${source}\n${id}`)));
        await again.plan.close();
      }
    }),
    { numRuns: 4 },
  );
});
