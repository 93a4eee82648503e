/** A refused row as it is kept: by header, so that it can be read again once it was corrected or its organ has a name. */
import type { Cell } from '../cells/cell.ts';
import { RowCells } from '../cells/row-cells.ts';
import { headerOf } from '../headers/find-header.ts';
import { READINGS } from '../layouts/readings.ts';
import { type Refusal, type RowEvent, refused } from '../rows/row-event.ts';
import { startReading } from '../rows/start-reading.ts';
import { TableColumns, TableRow } from '../rows/table-row.ts';
import type { TableKnowledge } from './open-table.ts';
import { damageOfRow } from './read-sheet.ts';

export interface KeptRow {
  table: { layout: string; source: string; department: string | null };
  cells: Record<string, string>;
}

const START = '{"table":{';

/** @returns undefined if the bytes are no row of a table */
export function keptRow(bytes: Buffer): KeptRow | undefined {
  const text = bytes.toString('utf8');
  // Whoever edits the line may have put members before it; a row that was refused begins so.
  if (!text.startsWith(START) && !text.includes('"table"')) return undefined;
  let value: Partial<KeptRow> | null;
  try {
    value = JSON.parse(text) as Partial<KeptRow> | null;
  } catch {
    return undefined;
  }
  const { table, cells } = value ?? {};
  if (typeof table !== 'object' || table === null || typeof cells !== 'object' || cells === null) return undefined;
  if (typeof table.layout !== 'string' || typeof table.source !== 'string') return undefined;
  return { table, cells };
}

/** Reads the row once more. */
export function mapAgain(
  { table, cells }: KeptRow,
  { layouts, units }: TableKnowledge,
): RowEvent[] | { refused: Refusal } {
  const layout = layouts.find(({ id }) => id === table.layout);
  if (!layout) return refused('not_in_list', `there is no layout ${JSON.stringify(table.layout)} any more`);
  if (READINGS[layout.rows].grouped)
    return refused('row_shape', `several rows of ${layout.id} make one event; correct the file and import it again`);
  const department = table.department === null ? undefined : units.find(table.department);
  const header = headerOf(layout, Object.keys(cells));
  const columns = new TableColumns(header, false);
  const values = RowCells.of(
    Object.values(cells).map((value): Cell => (typeof value === 'number' ? value : String(value))),
  );
  const damage = damageOfRow(values, values.width);
  if (damage) return damage;
  const reading = startReading(
    { layout, units, department, source: table.source, unmatched: () => {}, headerRow: 0 },
    columns,
  );
  const outcome = reading.take(new TableRow(0, values, columns));
  if (outcome === 'skipped') return refused('missing_member', 'without its day the row is none of the data');
  return 'refused' in outcome ? outcome : outcome.events;
}
