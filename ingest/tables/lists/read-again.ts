import type { DataCell } from '@hengjian/contract/data-table.ts';
import { workbookText } from '@hengjian/contract/workbook-text.ts';
import { RowCells } from '../cells/row-cells.ts';
import { headerOf } from '../headers/find-header.ts';
import { DEFAULT_SOURCE } from '../import/default-source.ts';
import type { Layout } from '../layouts/layout.ts';
import { eventId } from '../rows/event-id.ts';
import type { RowEvent } from '../rows/row-event.ts';
import { startReading } from '../rows/start-reading.ts';
import { TableColumns, TableRow } from '../rows/table-row.ts';
import type { UnitNames } from '../rows/unit-names.ts';
import type { ListRow, StoredEvent } from './list-writer.ts';
import type { PlacedMark } from './mark-cells.ts';

/** Whether a cell of a workbook holds it as it is: else it would come back as another text. */
const isSayable = (cell: DataCell): boolean =>
  typeof cell !== 'string' || (workbookText(cell) === cell && !cell.includes('\ufffd'));

/**
 * Reads the rows of one record as the import will, and says for which stored event each of their events stands.
 * @returns without those that the cells give anyhow; undefined where the rows are refused, or say what is not stored
 */
export function readAgain(
  rows: readonly ListRow[],
  events: readonly StoredEvent[],
  layout: Layout,
  headers: readonly (readonly [name: string, header: string])[],
  units: UnitNames,
): PlacedMark[] | undefined {
  if (!rows.every((cells) => Object.values(cells).every(isSayable))) return undefined;
  const table = new TableColumns(
    headerOf(
      layout,
      headers.map(([, header]) => header),
    ),
    false,
  );
  const reading = startReading(
    { layout, units, department: undefined, source: DEFAULT_SOURCE, unmatched: () => {}, headerRow: 1 },
    table,
  );
  const outcomes = [
    ...rows.map((cells, index) =>
      reading.take(new TableRow(index + 2, RowCells.of(headers.map(([name]) => cells[name] ?? undefined)), table)),
    ),
    ...(rows.length > 0 ? reading.end(rows.length) : []),
  ];
  const left = [...events];
  const marks = new Map<string, PlacedMark>();
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome === 'skipped' || 'refused' in outcome) return undefined;
    for (const event of outcome.events) {
      const tableId = eventId(event);
      const said = marks.get(tableId);
      if (said) {
        // Several rows of one thing say it once.
        if (said.row !== index) said.row = undefined;
        continue;
      }
      const meant = meantBy(event, left);
      if (!meant) return undefined;
      left.splice(left.indexOf(meant), 1);
      // What comes after the last row is of all of them.
      marks.set(tableId, { tableId, source: meant.source, id: meant.id, row: index < rows.length ? index : undefined });
    }
  }
  return [...marks.values()].filter(({ tableId, source, id }) => source !== DEFAULT_SOURCE || id !== tableId);
}

/** The stored event that is most like it. */
function meantBy(event: RowEvent, stored: readonly StoredEvent[]): StoredEvent | undefined {
  const alike = stored.filter(({ type }) => type === event.type);
  const day = event.time.slice(0, 10);
  const near = (one: StoredEvent) =>
    Number(one.department === event.department) * 4 +
    Number(one.subject === (event.subject ?? '')) * 2 +
    Number(one.time.slice(0, 10) === day);
  return alike.reduce<StoredEvent | undefined>(
    (best, one) => (best === undefined || near(one) > near(best) ? one : best),
    undefined,
  );
}
