/**
 * The way to a warehouse, whichever it is: a server by URL; the engine of a running `up` on the same data directory; or
 * an own embedded engine for as long as this process needs it.
 */
import type { EngineAccess } from './engine/engine-config.ts';
import { lockDataDir } from './engine/lock-data-dir.ts';
import { readRunFile } from './engine/run-file.ts';
import { type Engine, superviseEngine } from './engine/supervise-engine.ts';
import type { Patience } from './engine/watch-silence.ts';
import { migrate } from './migrate.ts';
import { presentDatabase } from './present-database.ts';
import { type Connection, connectWarehouse, unaskedWarehouse, type Warehouse } from './warehouse.ts';

export type WarehouseRole = 'app' | 'reader';

export interface OpenOptions {
  /** Needed unless `url` is given. */
  dataDir?: string;
  /** http(s)://[user[:password]@]host:port[/database][?gate=SECRET]; the gate is for an embedded engine reached by URL. */
  url?: string | undefined;
  role?: WarehouseRole;
  /** Shown to whoever waits on the data directory. */
  what?: string;
  onStatus?: (message: string) => void;
}

export async function openWarehouse(options: OpenOptions): Promise<Warehouse> {
  const role = options.role ?? 'app';
  if (options.url) return openServer(options.url, role);
  if (!options.dataDir) throw new Error('openWarehouse needs a data directory or a URL');
  const run = readRunFile(options.dataDir);
  if (run?.access) return connectWarehouse(connectionTo(run.access, role));
  const { engine, release } = await ownEngine(options.dataDir, options.what ?? 'hengjian', 60_000, options.onStatus);
  const end = async () => {
    await engine.stop();
    release();
  };
  try {
    await prepareDatabase(engine.access);
    return await connectWarehouse(connectionTo(engine.access, role), end);
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * For whoever has work to do while the warehouse is away: it is not asked anything, and its tables are not brought up to date.
 * @throws Error where there is neither a server nor a running `up`
 */
export function openUnasked({ url, dataDir }: Pick<OpenOptions, 'url' | 'dataDir'>): Warehouse {
  const access = dataDir && !url ? readRunFile(dataDir)?.access : undefined;
  if (!url && !access) throw new Error('openUnasked needs a URL or a running up');
  return unaskedWarehouse(url ? serverConnection(url) : connectionTo(access!, 'app'));
}

/** Locks the directory and starts an engine on it. */
export async function ownEngine(
  dataDir: string,
  what: string,
  waitMs: number,
  onStatus: (message: string) => void = () => {},
  patience?: Patience,
): Promise<{ engine: Engine; release: () => void }> {
  const release = await lockDataDir(dataDir, what, waitMs, (holder) =>
    onStatus(`waiting for "${holder.what}" (process ${holder.pid}) to finish with ${dataDir}`),
  );
  try {
    return { engine: await superviseEngine({ dataDir, onStatus, patience }), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** Creates the database and brings its tables up to date. */
export async function prepareDatabase(access: EngineAccess): Promise<void> {
  await createAndMigrate(connectionTo(access, 'app'));
}

async function createAndMigrate(connection: Connection): Promise<void> {
  const system = await connectWarehouse({ ...connection, database: 'default' });
  await presentDatabase(system, connection.database);
  await system.close();
  const warehouse = await connectWarehouse(connection);
  try {
    await migrate(warehouse);
  } finally {
    await warehouse.close();
  }
}

export function connectionTo(access: EngineAccess, role: WarehouseRole): Connection {
  const { user, password } = access[role];
  return {
    url: access.url,
    user,
    password,
    database: access.database,
    gate: access.gate,
    readOnly: role === 'reader',
    kind: 'embedded',
  };
}

async function openServer(text: string, role: WarehouseRole): Promise<Warehouse> {
  const connection = serverConnection(text);
  await createAndMigrate(connection);
  return connectWarehouse({ ...connection, readOnly: role === 'reader' });
}

function serverConnection(text: string): Connection {
  const url = new URL(text);
  const gate = url.searchParams.get('gate');
  return {
    url: `${url.protocol}//${url.host}`,
    user: decodeURIComponent(url.username) || 'default',
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'hengjian',
    readOnly: false,
    kind: 'server',
    ...(gate ? { gate } : {}),
  };
}
