/**
 * Makes one block durable, exactly once. Order: refused events and duplicates first (side by side), events last, so
 * that what is counted as events is complete. Each insert carries a token, so that a repetition of the same rows is stored once.
 *
 * The engine notes a token a moment before its part becomes visible; killed in that moment it would take the repetition
 * for a duplicate of rows that it lost. So after any repetition the rows are counted (recorded_at names the block), and
 * if they are not there they are sent again under a fresh token.
 */
import { randomUUID } from 'node:crypto';
import { asTakenOver, type InsertGuard, type Warehouse } from '@hengjian/warehouse';
import { ByteBuffer } from './byte-buffer.ts';
import type { EventBlock } from './event-block.ts';
import { findNew } from './find-stored.ts';
import { MICROS_TYPE, type NativeColumn, nativeBlock } from './native-block.ts';
import { retry } from './retry.ts';

export interface StoredBlock {
  events: number;
  duplicates: number;
  rejects: number;
  retries: number;
}

/**
 * @param recordedMicros µs since 1970, of this block alone
 * @param onFault told each time why the block could not be stored yet
 */
export async function storeBlock(
  warehouse: Warehouse,
  block: EventBlock,
  recordedMicros: number,
  signal: AbortSignal,
  guard?: InsertGuard,
  onFault: (error: unknown) => void = () => {},
): Promise<StoredBlock> {
  const { events, maybes, rejects, duplicates } = block;
  const fresh =
    maybes.rows === 0
      ? new Uint8Array()
      : await retry(() => findNew(warehouse, maybes.sourceTexts(), maybes.ids()), signal, onFault);
  const again = fresh.map((value) => 1 - value);
  const freshRows = fresh.reduce((sum, value) => sum + value, 0);
  const againRows = maybes.rows - freshRows;
  const token = randomUUID();
  const store = (table: string, rows: number, columns: NativeColumn[]) =>
    rows === 0 ? 0 : insertOnce(warehouse, { table, rows, columns, recordedMicros, token, signal, guard, onFault });

  let retries = await both(
    store('rejects', rejects.rows, rejects.columns()),
    store(
      'duplicates',
      duplicates.rows + againRows,
      againRows === 0 ? duplicates.columns() : joined(duplicates.columns(), maybes.columns(again)),
    ),
  );
  retries += await store(
    'events',
    events.rows + freshRows,
    freshRows === 0 ? events.columns() : joined(events.columns(), maybes.columns(fresh)),
  );

  for (let row = 0; row < fresh.length; row += 1) {
    const { outcome } = block.maybeSubmissions[row]!;
    if (fresh[row]) outcome.accepted += 1;
    else outcome.duplicate += 1;
  }
  return { events: events.rows + freshRows, duplicates: duplicates.rows + againRows, rejects: rejects.rows, retries };
}

/** The sum, when both have ended, whichever way: nothing goes on behind a block that is given up. */
async function both(...work: (Promise<number> | number)[]): Promise<number> {
  const ended = await Promise.allSettled(work);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return ended.reduce((sum, end) => sum + (end.status === 'fulfilled' ? end.value : 0), 0);
}

interface Insert {
  table: string;
  rows: number;
  columns: NativeColumn[];
  recordedMicros: number;
  token: string;
  signal: AbortSignal;
  guard: InsertGuard | undefined;
  onFault: (error: unknown) => void;
}

/** @returns the number of repetitions it took */
async function insertOnce(
  warehouse: Warehouse,
  { table, rows, columns, recordedMicros, token, signal, guard, onFault }: Insert,
) {
  const all = [constantMicros('recorded_at', recordedMicros, rows), ...columns];
  const names = all.map(({ name }) => name);
  const body = nativeBlock(rows, all);
  let retries = 0;
  for (let attempt = 0; ; attempt += 1) {
    const before = retries;
    await warehouse
      .insertNative(table, names, body, {
        token: `${token}-${table}-${attempt}`,
        signal,
        ...(guard ? { guard, structure: all.map(({ name, type }) => `${name} ${type}`).join(', ') } : {}),
        onRetry: (error) => {
          retries += 1;
          onFault(error);
        },
      })
      .catch((error: unknown) => {
        throw asTakenOver(error);
      });
    if (retries === before) return retries;
    const [found] = await retry(
      () =>
        warehouse.query<{ n: number }>(
          'SELECT count() AS n FROM {table:Identifier} WHERE recorded_at = fromUnixTimestamp64Micro({at:Int64})',
          { table, at: recordedMicros },
        ),
      signal,
      onFault,
    );
    if (found!.n === rows) return retries;
    if (found!.n !== 0) throw new Error(`${table}: ${found!.n} of ${rows} rows of a block are stored`);
  }
}

function constantMicros(name: string, micros: number, rows: number): NativeColumn {
  const values = new ByteBuffer(8 * rows);
  values.int64(micros);
  values.repeat(0, rows - 1);
  return { name, type: MICROS_TYPE, values: [values.written()] };
}

/** The columns of `first`, each followed by the column of the same name of `second`. */
function joined(first: readonly NativeColumn[], second: readonly NativeColumn[]): NativeColumn[] {
  const byName = new Map(second.map((column) => [column.name, column]));
  return first.map((column) => {
    const other = byName.get(column.name)!;
    if ('dictionaries' in column && 'dictionaries' in other)
      return { ...column, dictionaries: [...column.dictionaries, ...other.dictionaries] };
    if ('values' in column && 'values' in other) return { ...column, values: [...column.values, ...other.values] };
    throw new TypeError(`${column.name} is written in two ways`);
  });
}
