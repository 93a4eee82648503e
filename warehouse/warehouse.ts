/** The one way to ClickHouse: a typed, small face over `@clickhouse/client`, the same for both engines. */
import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { quoteIdentifier } from './quote-identifier.ts';
import { isPassing, isPassingForReads, retry, wasNotBegun } from './retry.ts';

export type Params = Record<string, unknown>;
export type Settings = Record<string, string | number | boolean>;
export interface InsertOptions {
  /** Retries with the same rows and token are stored once. */
  token?: string;
  settings?: Settings;
  signal?: AbortSignal;
  guard?: InsertGuard;
  /** Needed with a guard for a block in Native format: its columns, "name Type, …". */
  structure?: string;
  /** Called before each repetition with what went wrong: the earlier attempt may or may not have been stored. */
  onRetry?: (error: unknown) => void;
}

/** A condition on other tables under which rows are taken; evaluated by the engine when the insert begins. */
export interface InsertGuard {
  /** An SQL condition; it should throw (throwIf) where a refusal must not pass unnoticed. */
  condition: string;
  params: Params;
  /** Names the insert in system.processes (`log_comment`). */
  comment: string;
}

export interface Warehouse {
  /** All unqualified table names resolve in it. */
  readonly database: string;
  /** "embedded 26.7.2.1" or "server 26.7.2.1". */
  readonly engine: string;
  /** Of a holder of the lease: appended to the names of tables that it makes and drops (lease/fenced-warehouse.ts). */
  readonly aside?: string;
  /** Rows as objects; 64-bit integers as numbers, decimals as strings. */
  query<T>(sql: string, params?: Params, settings?: Settings): Promise<T[]>;
  /** An Arrow IPC stream, uncompressed, as browsers read it. */
  arrow(sql: string, params?: Params, settings?: Settings): Promise<Uint8Array>;
  /** The raw bytes of a query that names its own FORMAT, as a stream. */
  stream(sql: string, params?: Params, settings?: Settings): Promise<Readable>;
  /** DDL and INSERT … SELECT: sent once; sent again only where the connection was refused, or the database was away, before it began. */
  command(sql: string, params?: Params, settings?: Settings): Promise<void>;
  insert(table: string, rows: readonly object[], options?: InsertOptions): Promise<void>;
  /** One block in ClickHouse's Native format; sent again with its token until it is acknowledged or `signal` aborts. */
  insertNative(
    table: string,
    columns: readonly string[],
    body: Uint8Array | readonly Uint8Array[],
    options?: InsertOptions,
  ): Promise<void>;
  /** The same engine, another database, created if missing: for what-if builds. */
  scratch(name: string): Promise<Warehouse>;
  /** Drops a scratch database. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

export interface Connection {
  url: string;
  user: string;
  password: string;
  database: string;
  gate?: string;
  readOnly: boolean;
  kind: 'embedded' | 'server';
}

/** An insert is retried for this long before it is given up (milliseconds). */
const RETRY_FOR = 10 * 60_000;
const READ_RETRY_FOR = 15_000;

/** Connects; the engine must answer. @throws when it cannot be reached or refuses the user. */
export async function connectWarehouse(
  connection: Connection,
  onClose: () => Promise<void> = async () => {},
): Promise<Warehouse> {
  const client = clientOf(connection);
  const first = await retry(
    () => client.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' }),
    READ_RETRY_FOR,
    isPassingForReads,
  );
  const version = (await first.json<{ version: string }>())[0]?.version ?? '?';
  return warehouseOn(client, connection, version, onClose);
}

/** A warehouse that is not asked anything yet: it may be away. */
export function unaskedWarehouse(connection: Connection): Warehouse {
  return warehouseOn(clientOf(connection), connection, '?', async () => {});
}

function clientOf(connection: Connection): ClickHouseClient {
  return createClient({
    url: connection.url,
    username: connection.user,
    password: connection.password,
    database: connection.database,
    application: 'hengjian',
    // Errors reach the caller, who retries or reports them; the client's own log would repeat settings and rows.
    log: { level: ClickHouseLogLevel.OFF },
    request_timeout: 300_000,
    max_open_connections: 16,
    // Long lists as parameters do not fit into a URL.
    use_multipart_params_auto: true,
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
    ...(connection.gate ? { http_headers: { 'X-Gate': connection.gate } } : {}),
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_decimals: 1,
      // One insert is one block is one part: otherwise blocks are merged on the way and tokens lose their meaning.
      async_insert: 0,
      ...(connection.readOnly && connection.kind === 'server' ? { readonly: '2' } : {}),
    },
  });
}

function warehouseOn(
  client: ClickHouseClient,
  connection: Connection,
  version: string,
  onClose: () => Promise<void>,
): Warehouse {
  const writes = writesOf(client);
  return {
    database: connection.database,
    engine: `${connection.kind} ${version}`,
    ...readsOf(client),
    ...writes,
    async scratch(name) {
      await writes.command(`CREATE DATABASE IF NOT EXISTS ${quoteIdentifier(name)}`);
      const other = { ...connection, database: name };
      return warehouseOn(clientOf(other), other, version, async () => {});
    },
    drop: () => writes.command(`DROP DATABASE IF EXISTS ${quoteIdentifier(connection.database)} SYNC`),
    async close() {
      await client.close();
      await onClose();
    },
  };
}

/** Reading, tried again for a moment while the engine restarts. */
function readsOf(client: ClickHouseClient): Pick<Warehouse, 'query' | 'arrow' | 'stream'> {
  const run = async (query: string, params: Params | undefined, settings: Settings | undefined) => {
    const { stream } = await client.exec({
      query,
      ...(params ? { query_params: params } : {}),
      clickhouse_settings: { ...settings },
    });
    return stream;
  };
  return {
    async query<T>(sql: string, params?: Params, settings?: Settings) {
      const rows = await retry(
        async () => {
          const result = await client.query({
            query: sql,
            format: 'JSONEachRow',
            ...(params ? { query_params: params } : {}),
            clickhouse_settings: { ...settings },
          });
          return result.json<T>();
        },
        READ_RETRY_FOR,
        isPassingForReads,
      );
      return rows;
    },
    async arrow(sql, params, settings) {
      const all = {
        output_format_arrow_compression_method: 'none',
        output_format_arrow_string_as_string: 1,
        ...settings,
      };
      const collect = async () =>
        Buffer.concat(await Array.fromAsync(await run(`${sql}\nFORMAT ArrowStream`, params, all)));
      return new Uint8Array(await retry(collect, READ_RETRY_FOR, isPassingForReads));
    },
    stream: (sql, params, settings) =>
      retry(() => run(sql, params, settings), READ_RETRY_FOR, isPassingForReads) as Promise<Readable>,
  };
}

/** Writing: a command is tried again only if it was not begun; an insert by its token (insertBody). */
function writesOf(client: ClickHouseClient): Pick<Warehouse, 'command' | 'insert' | 'insertNative'> {
  return {
    async command(sql, params, settings) {
      await retry(
        () =>
          client.command({
            query: sql,
            ...(params ? { query_params: params } : {}),
            clickhouse_settings: { ...settings },
          }),
        READ_RETRY_FOR,
        wasNotBegun,
      );
    },
    async insert(table, rows, options = {}) {
      if (rows.length === 0) return;
      const lines = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
      const query = `INSERT INTO ${quoteIdentifier(table)} ${guardedRows(rows, options.guard)}FORMAT JSONEachRow`;
      await insertBody(client, query, [lines], options);
    },
    insertNative: (table, columns, body, options = {}) => {
      const names = columns.map(quoteIdentifier).join(', ');
      const { guard, structure = '' } = options;
      const guarded = guard
        ? `SELECT ${names} FROM input('${structure.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}') WHERE ${guard.condition} `
        : '';
      const query = `INSERT INTO ${quoteIdentifier(table)} (${names}) ${guarded}FORMAT Native`;
      return insertBody(client, query, body instanceof Uint8Array ? [body] : body, options);
    },
  };
}

/** Columns that no row names get their defaults, as without a guard. */
function guardedRows(rows: readonly object[], guard: InsertGuard | undefined): string {
  if (!guard) return '';
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].map(quoteIdentifier).join(', ');
  return `(${names}) SELECT ${names} FROM input() WHERE ${guard.condition} `;
}

async function insertBody(
  client: ClickHouseClient,
  query: string,
  body: readonly Uint8Array[],
  options: InsertOptions,
): Promise<void> {
  const settings = {
    ...(options.token ? { insert_deduplication_token: options.token, insert_deduplicate: 1 } : {}),
    // A writer that fell silent in the middle of an insert is not waited for longer than this by its successor.
    ...(options.guard ? { log_comment: options.guard.comment, http_receive_timeout: 10 } : {}),
    ...options.settings,
  };
  const send = async () => {
    const { stream } = await client.exec({
      query,
      values: Readable.from(body, { objectMode: false }),
      ...(options.guard ? { query_params: options.guard.params } : {}),
      clickhouse_settings: settings as Record<string, string | number>,
      ...(options.signal ? { abort_signal: options.signal } : {}),
    });
    for await (const _ of stream) {
      // Nothing is expected back; the acknowledgement is the end of the stream.
    }
  };
  await retry(send, RETRY_FOR, options.token ? isPassing : wasNotBegun, options.signal, options.onRetry);
}
