/** For tests: a fresh embedded engine in a directory of its own, migrated and perhaps filled; `close` removes both. */
import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from './engine/supervise-engine.ts';
import type { Patience } from './engine/watch-silence.ts';
import { migrationsDirectory } from './migrate.ts';
import { connectionTo, ownEngine, prepareDatabase } from './open-warehouse.ts';
import { connectWarehouse, type Warehouse } from './warehouse.ts';

export interface TemporaryWarehouse {
  warehouse: Warehouse;
  /** The same warehouse through the read-only user. */
  reader: Warehouse;
  engine: Engine;
  dataDir: string;
  /** A CLICKHOUSE_URL under which this engine answers as a server would. */
  url: string;
  close(): Promise<void>;
}

export interface TemporaryOptions {
  /** How long a silent engine is borne before it is started again. */
  patience?: Patience;
  onStatus?: (message: string) => void;
  /** Path of another version's libchdb.so. */
  library?: string;
  /** What it holds from the start. */
  filled?: Filling;
}

/** Something that many test files begin with: in a run of `npm test` it is done once, and copied for each. */
export interface Filling {
  /** unique, fit for a file name */
  name: string;
  /** What is there before `fill`. */
  base?: Filling;
  fill(warehouse: Warehouse): Promise<void>;
}

export async function temporaryWarehouse(options: TemporaryOptions = {}): Promise<TemporaryWarehouse> {
  const { patience, onStatus, library, filled } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-test-'));
  // Of another version: what one wrote the other need not read.
  const template = filled && (await filledTemplate(filled));
  if (template) cpSync(template, join(dataDir, 'engine', 'store'), { recursive: true });
  else if (!library) await migratedStore(dataDir);
  // What `chdb/libchdb` looks at first, in the process of the engine.
  if (library) process.env.CHDB_LIBCHDB_PATH = library;
  const { engine, release } = await ownEngine(dataDir, 'test', 0, onStatus, patience).finally(() => {
    if (library) delete process.env.CHDB_LIBCHDB_PATH;
  });
  await prepareDatabase(engine.access);
  const warehouse = await connectWarehouse(connectionTo(engine.access, 'app'));
  const reader = await connectWarehouse(connectionTo(engine.access, 'reader'));
  const { app, gate, database } = engine.access;
  if (!template) for (const { fill } of layersOf(filled)) await fill(warehouse);
  return {
    warehouse,
    reader,
    engine,
    dataDir,
    url: `${engine.access.url.replace('//', `//${app.user}:${encodeURIComponent(app.password)}@`)}/${encodeURIComponent(database)}?gate=${encodeURIComponent(gate)}`,
    async close() {
      await warehouse.close();
      await reader.close();
      await engine.stop();
      release();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The lowest first. */
function layersOf(filled: Filling | undefined): Filling[] {
  return filled ? [...layersOf(filled.base), filled] : [];
}

/** Longer than any filling takes on a machine that is busy. */
const PATIENCE_MS = 300_000;

/**
 * The store of a filled warehouse, in the directory that `setup/test.ts` makes for a run and removes after it: what was
 * recorded in it is never older than the run.
 * @returns undefined where there is no such directory, or whoever was making it failed: then everybody fills their own
 */
async function filledTemplate({ name, base, fill }: Filling): Promise<string | undefined> {
  const directory = process.env.HENGJIAN_TEST_TEMPLATES;
  if (!directory) return undefined;
  const [template, making] = [join(directory, name), join(directory, `${name}.making`)];
  try {
    mkdirSync(making);
  } catch {
    // Made by another worker, now or before.
    for (let waited = 0; !existsSync(template) && waited < PATIENCE_MS; waited += 250)
      if (existsSync(join(making, 'failed'))) break;
      else await pause(250);
    return existsSync(template) ? template : undefined;
  }
  const made = await temporaryWarehouse(base && { filled: base });
  try {
    await fill(made.warehouse);
    await made.engine.stop();
    renameSync(join(made.dataDir, 'engine', 'store'), template);
    return template;
  } catch (error) {
    writeFileSync(join(making, 'failed'), `${error}`);
    throw error;
  } finally {
    await made.close();
  }
}

/** Puts the store of a migrated, empty warehouse into a data directory: whoever opens it need not migrate. */
export async function migratedStore(dataDir: string): Promise<void> {
  cpSync(await migratedTemplate(), join(dataDir, 'engine', 'store'), { recursive: true });
}

const TEMPLATES = join(import.meta.dirname, '..', '.cache', 'test-warehouse');

/**
 * The store of a migrated, empty warehouse, made once for these migrations and copied for each test file: migrating
 * takes most of an engine's first two seconds. It is copied whole, since the engine appends to files of its own.
 */
async function migratedTemplate(): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(join(import.meta.dirname, 'package.json')));
  for (const file of readdirSync(migrationsDirectory).sort())
    hash.update(file).update(readFileSync(join(migrationsDirectory, file)));
  const template = join(TEMPLATES, hash.digest('hex').slice(0, 16));
  if (existsSync(template)) return template;
  const making = join(TEMPLATES, `.${randomUUID()}`);
  mkdirSync(making, { recursive: true });
  try {
    const { engine, release } = await ownEngine(making, 'test template', 0);
    try {
      await prepareDatabase(engine.access);
    } finally {
      await engine.stop();
      release();
    }
    try {
      renameSync(join(making, 'engine', 'store'), template);
    } catch (error) {
      // Another test file was quicker.
      if (!existsSync(template)) throw error;
    }
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return template;
}
