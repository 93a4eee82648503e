/**
 * Facts of events that were stored without them, or by an earlier declaration, derived again from the stored bytes by the
 * check's own code. The log itself is never changed: what was derived stands in a table beside it, named after the
 * declarations in force, so that it can be dropped whole. Recorded batches are derived aside and attached whole, so that
 * a run that was broken off goes on where it stopped.
 */
import { createHash } from 'node:crypto';
import { factColumns, NO_DAY } from '@hengjian/contract/facts/fact-columns.ts';
import { presentMarks } from '@hengjian/contract/facts/facts-mark.ts';
import { factsOf } from '@hengjian/contract/facts/facts-of.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { asideName, type Warehouse } from '@hengjian/warehouse';
import { linesOf } from '@hengjian/warehouse/lines-of.ts';
import { emptyTable } from './empty-table.ts';

const CHUNK_ROWS = 200_000;
const INSERT_ROWS = 10_000;
const INSERT_BYTES = 8 * 1024 * 1024;
const BATCHES = 20_000;

/** Columns that rows have in both tables, as measures read them. */
export const FACT_ROWS =
  'source, id, type, time, department, region, subject, recorded_at, facts, push_id, bucket, doc_no, decided_on';
const COPIED = ['source', 'id', 'type', 'time', 'department', 'region', 'subject', 'recorded_at'] as const;

const marks = presentMarks();
/** A condition on `events`: its facts are those of the declarations in force. */
export const FACTS_IN_FORCE = `facts_mark IN (${marks.join(', ')})`;

export function restatedTable(): string {
  return `restated_events__${createHash('sha256').update(marks.join()).digest('hex').slice(0, 8)}`;
}

export interface Restated {
  /** Rows whose facts stand in the table beside the log. */
  rows: number;
}

/**
 * @param events the table to look through; nothing may be added to it meanwhile
 * @throws if recorded batches of `events` do not stay as they are
 */
export async function restateFacts(
  warehouse: Warehouse,
  events: string,
  signal?: AbortSignal,
  onProgress: (message: string) => void = () => {},
): Promise<Restated> {
  const table = restatedTable();
  await createTable(warehouse, table);
  const [stale] = await warehouse.query<{ n: number }>(
    `SELECT count() AS n FROM ${events} WHERE NOT (${FACTS_IN_FORCE})`,
  );
  for (const lastAttempt of [false, true]) {
    const done = await countRows(warehouse, table);
    if (done === stale!.n) return { rows: done };
    // Raw data was removed, or a batch grew that was derived already.
    if (lastAttempt || done > stale!.n) await emptyTable(warehouse, table);
    await restateBatches(warehouse, events, table, stale!.n, signal, onProgress);
  }
  if ((await countRows(warehouse, table)) === stale!.n) return { rows: stale!.n };
  throw new Error('recorded batches change while they are read; refresh again');
}

async function createTable(warehouse: Warehouse, table: string): Promise<void> {
  await warehouse.command(
    `CREATE TABLE IF NOT EXISTS ${table} (
      source LowCardinality(String), id String CODEC(ZSTD(3)), type LowCardinality(String),
      time DateTime64(6, 'Asia/Shanghai') CODEC(DoubleDelta, ZSTD(1)), department LowCardinality(String), region LowCardinality(String),
      subject String CODEC(ZSTD(1)), recorded_at DateTime64(6, 'Asia/Shanghai') CODEC(ZSTD(1)), facts String CODEC(ZSTD(3)),
      push_id String CODEC(ZSTD(3)), bucket LowCardinality(String), doc_no String CODEC(ZSTD(3)), decided_on Date32 CODEC(ZSTD(1))
    ) ENGINE = MergeTree ORDER BY (type, department, time, id)`,
  );
}

async function restateBatches(
  warehouse: Warehouse,
  events: string,
  table: string,
  stale: number,
  signal: AbortSignal | undefined,
  onProgress: (message: string) => void,
): Promise<void> {
  const open = `NOT (${FACTS_IN_FORCE}) AND recorded_at NOT IN (SELECT recorded_at FROM ${table})`;
  for (;;) {
    const batches = await warehouse.query<{ recorded_at: string; n: number }>(
      `SELECT toString(recorded_at) AS recorded_at, n FROM (
        SELECT recorded_at, count() AS n FROM ${events} WHERE ${open} GROUP BY recorded_at ORDER BY recorded_at LIMIT ${BATCHES}
      )`,
    );
    if (batches.length === 0) return;
    for (let first = 0; first < batches.length; ) {
      signal?.throwIfAborted();
      let rows = 0;
      let last = first;
      while (last < batches.length && (rows === 0 || rows + batches[last]!.n <= CHUNK_ROWS)) rows += batches[last++]!.n;
      const range = { from: batches[first]!.recorded_at, to: batches[last - 1]!.recorded_at };
      await restateRange(warehouse, { events, table, open, rows, range });
      onProgress(`deriving facts: ${await countRows(warehouse, table)} of ${stale} stored events`);
      first = last;
    }
  }
}

interface Chunk {
  events: string;
  table: string;
  open: string;
  rows: number;
  /** First and last recording time, as local wall time. */
  range: { from: string; to: string };
}

async function restateRange(warehouse: Warehouse, { events, table, open, rows, range }: Chunk): Promise<void> {
  const next = asideName(warehouse, table);
  await warehouse.command(`DROP TABLE IF EXISTS ${next} SYNC`);
  await warehouse.command(`CREATE TABLE ${next} AS ${table}`);
  const stream = await warehouse.stream(
    `SELECT ${COPIED.map((column) => `toString(${column})`).join(', ')}, data FROM ${events} WHERE ${open}
       AND recorded_at BETWEEN toDateTime64({from:String}, 6, 'Asia/Shanghai') AND toDateTime64({to:String}, 6, 'Asia/Shanghai')
     FORMAT JSONCompactEachRow`,
    range,
  );
  let pending: object[] = [];
  let bytes = 0;
  let derived = 0;
  const flush = async () => {
    await warehouse.insert(next, pending);
    pending = [];
    bytes = 0;
  };
  for await (const line of linesOf(stream)) {
    pending.push(restated(JSON.parse(line) as string[]));
    bytes += line.length;
    derived += 1;
    if (pending.length >= INSERT_ROWS || bytes >= INSERT_BYTES) await flush();
  }
  await flush();
  if (derived !== rows || (await countRows(warehouse, next)) !== rows)
    throw new Error(`${derived} of ${rows} stored events came while their facts were derived; refresh again`);
  await warehouse.command(`ALTER TABLE ${table} ATTACH PARTITION tuple() FROM ${next}`);
  await warehouse.command(`DROP TABLE ${next} SYNC`);
}

function restated(values: readonly string[]): object {
  const row = Object.fromEntries(COPIED.map((column, index) => [column, values[index]]));
  const eventType = eventTypes.get(row.type!);
  // A type that this version does not know has no members that it declares.
  if (!eventType) return { ...row, facts: '{}', decided_on: NO_DAY };
  const facts = factsOf(eventType, JSON.parse(values[COPIED.length]!));
  return { ...row, facts, ...factColumns(eventType, facts) };
}

async function countRows(warehouse: Warehouse, table: string): Promise<number> {
  const [row] = await warehouse.query<{ n: number }>(`SELECT count() AS n FROM ${table}`);
  return row!.n;
}
