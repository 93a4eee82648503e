import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey } from '@hengjian/ingest';
import { temporaryBroker } from '@hengjian/operations/kafka/temporary-broker.ts';
import { openWarehouse, type Warehouse } from '@hengjian/warehouse';
import { startUp } from '../running-up.ts';

export interface Product {
  /** address of `POST /v1/events` */
  url: string;
  /** address of the dashboard and its API */
  dashboard: string;
  /** works once */
  signInLink: string;
  keys: string[];
  warehouse: Warehouse;
  directory: string;
  /** environment under which commands talk to it */
  env: Record<string, string>;
  /** the processes to watch, with what they started */
  pids: number[];
  close(): Promise<void>;
}

export interface ProductOptions {
  kafka: boolean;
  workers: number;
  keys: number;
}

/** The whole product (`up`), fresh, on free ports, in a directory of its own; with a real broker if asked for. */
export async function startProduct({ kafka, workers, keys }: ProductOptions): Promise<Product> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-load-'));
  const broker = kafka ? await temporaryBroker() : undefined;
  const env = {
    HENGJIAN_DATA_DIR: join(directory, 'data'),
    INGEST_PORT: '0',
    DASHBOARD_PORT: '0',
    CLICKHOUSE_URL: '',
    KAFKA_BROKERS: broker?.brokers ?? '',
    WORKERS: String(workers),
  };
  const remove = async (): Promise<void> => {
    await broker?.close();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const up = await startUp([], env);
    const warehouse = await openWarehouse({ dataDir: env.HENGJIAN_DATA_DIR });
    const product: Product = {
      url: up.address(/http:\/\/\S+\/v1\/events/),
      dashboard: up.address(/(?<=Dashboard \S+\s+)http:\/\/\S+/),
      signInLink: up.address(/http:\/\/\S+(?=\s+\(works once)/),
      keys: [],
      warehouse,
      directory,
      env,
      pids: [up.pid, ...(broker ? [broker.pid()!] : [])],
      async close() {
        await warehouse.close();
        await up.stop();
        await remove();
      },
    };
    for (let n = 1; n <= keys; n++) product.keys.push(await createKey(warehouse, { name: `load-${n}` }));
    return product;
  } catch (error) {
    await remove();
    throw error;
  }
}
