/** A list as it is stored, as a table that the import reads back to the same events. */
import type { DataCell, DataColumn, DataNote, DataTable } from '@hengjian/contract/data-table.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { linesOf } from '@hengjian/warehouse/lines-of.ts';
import { HOLDING_VOIDS, READABLE_FACTS } from '@hengjian/warehouse/readable-events.ts';
import type { Layout } from '../layouts/layout.ts';
import { MARK_HEADER } from '../rows/record-mark.ts';
import type { UnitNames } from '../rows/unit-names.ts';
import { entryWriter } from './entry-writer.ts';
import type { ListRow, ListWriter, StoredEvent } from './list-writer.ts';
import { LIST_WRITERS } from './list-writers.ts';
import { listingList } from './listing-list.ts';
import { markCells } from './mark-cells.ts';
import { readAgain } from './read-again.ts';
import { withNames } from './subject-names.ts';

/** Rows that are held at once, of however many. */
const BATCH = 2_000;
/** What is listed may be most of a store: beyond these bytes the engine goes on on disk. */
const BOUNDED = {
  join_algorithm: 'grace_hash',
  max_bytes_in_join: 200_000_000,
  max_bytes_before_external_sort: 500_000_000,
};
const REGION_HEADER = '行政区划代码';

export interface ListKnowledge {
  units: UnitNames;
  nameOf: (unit: string) => string;
}

/** Records that the columns of the list cannot say: without rows, or with what another unit did. */
interface LeftOut {
  records: number;
}
const textOfLeft = (records: number) =>
  `${records} 项记录无法用本表的列完整表示（例如零报送，或者起始步骤属于其他单位），没有列出。`;
const noteOf = ({ records }: LeftOut): DataNote => ({
  title: '未列出',
  text: textOfLeft(records),
  // So the import takes the line for a note.
  plain: ['说明：未列出', textOfLeft(records)],
});

/** undefined: the layout is no list of ours. */
export const writerOf = ({ entry, rows, family }: Layout): ListWriter | undefined =>
  entry ? entryWriter(entry) : family ? listingList(family) : LIST_WRITERS[rows];

export function storedList(
  warehouse: Pick<Warehouse, 'query' | 'stream'>,
  layout: Layout,
  writer: ListWriter,
  units: Scope['units'],
  known: ListKnowledge,
): DataTable {
  const columns = columnsOf(layout, writer);
  const left: LeftOut = { records: 0 };
  return {
    name: layout.title.zh,
    sheet: layout.title.zh.replace(/[[\]*?:/\\（）]/g, ' ').trim(),
    ...(layout.entry ? { title: `${layout.title.zh}（${layout.entry.type}）` } : {}),
    columns: [...columns.values(), { title: REGION_HEADER, kind: 'text' }, { title: MARK_HEADER, kind: 'text' }],
    batches: rowsOf(warehouse, layout, writer, units, known, columns, left),
    get notes() {
      return left.records === 0 ? undefined : [noteOf(left)];
    },
  };
}

/** Columns of the empty table with what stands above its header, by name. */
function columnsOf(layout: Layout, { extra = {}, numbers = [] }: ListWriter): Map<string, DataColumn> {
  const headers = [
    ...[...layout.template!].map(([name, header]) => [name, header] as const),
    ...[...layout.lines].map(([name, [header]]) => [name, header!] as const),
    ...Object.entries(extra),
  ];
  const kindOf = (name: string): DataColumn['kind'] =>
    layout.days.has(name)
      ? 'when'
      : layout.entry?.members.get(name) === 'number' || numbers.includes(name)
        ? 'number'
        : 'text';
  return new Map(headers.map(([name, title]) => [name, { title, kind: kindOf(name) }]));
}

async function* rowsOf(
  warehouse: Pick<Warehouse, 'query' | 'stream'>,
  layout: Layout,
  writer: ListWriter,
  units: Scope['units'],
  known: ListKnowledge,
  columns: ReadonlyMap<string, DataColumn>,
  left: LeftOut,
): AsyncGenerator<DataCell[][]> {
  const headers = [...columns].map(([name, { title }]) => [name, title] as const);
  let batch: { cells: ListRow; region: string; mark: string }[] = [];
  const written = async () => {
    const named = columns.has('name') && columns.has('subject');
    if (named)
      await withNames(
        warehouse,
        batch.map(({ cells }) => cells),
      );
    return batch.map(({ cells, region, mark }) => [...headers.map(([name]) => cells[name]), region, mark]);
  };
  const names = { nameOf: known.nameOf, unitOf: (text: string) => known.units.find(text) };
  const { beside = [] } = writer;
  for await (const events of recordsOf(warehouse, writer, units)) {
    if (events.every(({ type }) => beside.includes(type))) continue;
    const rows = writer.rows(events, names, layout);
    const marks = readAgain(rows, events, layout, headers, known.units);
    const cellsOfMarks = marks && markCells(marks, rows.length);
    // What would come back as something else is not said in this form.
    if (!cellsOfMarks || rows.length === 0) {
      left.records += 1;
      continue;
    }
    for (const [index, cells] of rows.entries())
      batch.push({ cells, region: events[0]!.region, mark: cellsOfMarks[index]! });
    if (batch.length < BATCH) continue;
    yield await written();
    batch = [];
  }
  if (batch.length > 0) yield await written();
}

/** What is in force, record by record. */
async function* recordsOf(
  warehouse: Pick<Warehouse, 'stream'>,
  { types, record }: ListWriter,
  units: Scope['units'],
): AsyncGenerator<StoredEvent[]> {
  const all = units === 'all';
  // Rows are written from the bytes as they came; which of them belong together is read as everywhere.
  const sql = `WITH ${HOLDING_VOIDS('1')}
    SELECT keys.record AS record, toString(events.source) AS source, events.id AS id, toString(events.type) AS type,
      formatDateTime(events.time, '%Y-%m-%dT%H:%i:%S', 'Asia/Shanghai') AS time, toString(events.department) AS department,
      toString(events.region) AS region, events.subject AS subject, events.data AS data
    FROM events
    INNER JOIN (
      SELECT toString(e.source) AS of, e.id AS key, ${record} AS record FROM ${READABLE_FACTS} AS e
      WHERE type IN {types:Array(String)} AND ({all:Bool} OR has({units:Array(String)}, toString(department)))
    ) AS keys ON keys.of = toString(events.source) AND keys.key = events.id
    WHERE type IN {types:Array(String)} AND (toString(events.source), events.id) NOT IN (SELECT voided_source, voided_id FROM holding)
    ORDER BY record, events.time, source, id FORMAT JSONEachRow`;
  let events: StoredEvent[] = [];
  let current: string | undefined;
  for await (const line of linesOf(await warehouse.stream(sql, { types, all, units: all ? [] : units }, BOUNDED))) {
    const {
      record: key,
      data,
      ...event
    } = JSON.parse(line) as Omit<StoredEvent, 'data'> & { record: string; data: string };
    if (key !== current && events.length > 0) {
      yield events;
      events = [];
    }
    current = key;
    events.push({ ...event, data: JSON.parse(data) as Record<string, unknown> });
  }
  if (events.length > 0) yield events;
}
