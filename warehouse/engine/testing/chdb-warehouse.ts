/**
 * For tests: a warehouse on the engine of the Python package chdb-core, of which there are newer versions than of the npm package. It cannot
 * listen on HTTP, so statements go through a pipe, one after the other.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../migrate.ts';
import { quoteIdentifier } from '../../quote-identifier.ts';
import type { InsertOptions, Params, Settings, Warehouse } from '../../warehouse.ts';

const script = fileURLToPath(new URL('./serve_chdb.py', import.meta.url));
const FORMAT = /\bFORMAT\s+(\w+)\s*$/;

interface Job {
  sql: string;
  format?: string;
  params?: Params | undefined;
  settings?: Settings | undefined;
  database?: string;
}

/** @param packageFolder where `chdb/_chdb.abi3.so` stands */
export async function chdbWarehouse(
  packageFolder: string,
): Promise<{ warehouse: Warehouse; dataDir: string; close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-chdb-'));
  const engine = new Pipe(
    spawn('python3', [script, packageFolder, join(dataDir, 'engine')], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const settings = {
    output_format_json_quote_64bit_integers: 0,
    output_format_json_quote_decimals: 1,
    async_insert: 0,
  };
  for (const [name, value] of Object.entries(settings)) await engine.ask({ sql: `SET ${name} = ${value}` });
  const version = JSON.parse(await engine.ask({ sql: 'SELECT version() AS version' })).version as string;
  await engine.ask({ sql: 'CREATE DATABASE hengjian' });
  const warehouse = warehouseOn(engine, 'hengjian', version, dataDir);
  await migrate(warehouse);
  return {
    warehouse,
    dataDir,
    async close() {
      await engine.end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

class Pipe {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  }

  ask(job: Job): Promise<string> {
    const answer = this.#last.then(async () => {
      this.#child.stdin!.write(`${JSON.stringify(job)}\n`);
      const { value, done } = await this.#lines.next();
      if (done) throw new Error('the engine has ended');
      const told = JSON.parse(value as string) as { text?: string; error?: string };
      if (told.error === undefined) return told.text!;
      throw Object.assign(new Error(told.error), { type: /\(([A-Z_]+)\)\s*$/.exec(told.error)?.[1] });
    });
    this.#last = answer.catch(() => {});
    return answer;
  }

  async end(): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin!.end();
    await exited;
  }
}

function warehouseOn(engine: Pipe, database: string, version: string, dataDir: string): Warehouse {
  let serial = 0;
  const ask = (job: Job) => engine.ask({ ...job, database });
  /** Inserts what stands in a file. @param from of `file()`, after the name: format and structure */
  const insert = async (table: string, names: string, body: Uint8Array, from: string, options: InsertOptions) => {
    const { token, guard, settings } = options;
    serial += 1;
    const file = join(dataDir, String(serial));
    writeFileSync(file, body);
    const where = guard ? ` WHERE ${guard.condition}` : '';
    await ask({
      sql: `INSERT INTO ${quoteIdentifier(table)} (${names}) SELECT ${names} FROM file('${file}', ${from})${where}`,
      params: guard?.params,
      settings: { ...settings, ...(token ? { insert_deduplication_token: token } : {}) },
    });
    rmSync(file);
  };
  const self: Warehouse = {
    database,
    engine: `embedded ${version}`,
    async query<T>(sql: string, params?: Params, settings?: Settings) {
      const text = await ask({ sql, params, settings });
      return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
    },
    arrow: () => Promise.reject(new Error('no Arrow through a pipe of text')),
    async stream(sql, params, settings) {
      const format = FORMAT.exec(sql)?.[1] ?? 'JSONEachRow';
      return Readable.from([Buffer.from(await ask({ sql: sql.replace(FORMAT, ''), params, settings, format }))]);
    },
    command: async (sql, params, settings) => void (await ask({ sql, params, settings })),
    async insert(table, rows, options = {}) {
      if (rows.length === 0) return;
      const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const columns = await self.query<{ name: string; type: string }>(
        'SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table:String}',
        { table },
      );
      const structure = columns.filter(({ name }) => keys.includes(name)).map(({ name, type }) => `${name} ${type}`);
      const lines = rows.map((row) => JSON.stringify(row)).join('\n');
      const from = `'JSONEachRow', '${structure.join(', ').replaceAll("'", "\\'")}'`;
      await insert(table, keys.map(quoteIdentifier).join(', '), Buffer.from(lines), from, options);
    },
    async insertNative(table, columns, body, options = {}) {
      const bytes = Buffer.concat(body instanceof Uint8Array ? [body] : [...body]);
      await insert(table, columns.map(quoteIdentifier).join(', '), bytes, "'Native'", options);
    },
    async scratch(name) {
      await self.command(`CREATE DATABASE IF NOT EXISTS ${quoteIdentifier(name)}`);
      return warehouseOn(engine, name, version, dataDir);
    },
    drop: () => engine.ask({ sql: `DROP DATABASE IF EXISTS ${quoteIdentifier(database)} SYNC` }).then(() => {}),
    close: async () => {},
  };
  return self;
}
