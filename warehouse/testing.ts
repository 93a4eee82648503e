/** For tests: a fresh embedded engine in a directory of its own, migrated; `close` removes both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from './engine/supervise-engine.ts';
import type { Patience } from './engine/watch-silence.ts';
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
}

export async function temporaryWarehouse({ patience, onStatus }: TemporaryOptions = {}): Promise<TemporaryWarehouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-test-'));
  const { engine, release } = await ownEngine(dataDir, 'test', 0, onStatus, patience);
  await prepareDatabase(engine.access);
  const warehouse = await connectWarehouse(connectionTo(engine.access, 'app'));
  const reader = await connectWarehouse(connectionTo(engine.access, 'reader'));
  const { app, gate, database } = engine.access;
  return {
    warehouse,
    reader,
    engine,
    dataDir,
    url: `${engine.access.url.replace('//', `//${app.user}:${encodeURIComponent(app.password)}@`)}/${database}?gate=${encodeURIComponent(gate)}`,
    async close() {
      await warehouse.close();
      await reader.close();
      await engine.stop();
      release();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
