/** `up --demo`: a generated district, imported through the same door as an office's own file, then a live trickle. */
import { generateDistrict, startTrickle } from '@hengjian/generator';
import { createKey, importLines } from '@hengjian/ingest';
import { refresh } from '@hengjian/models';
import { type Environment, readRunFile, type Warehouse } from '@hengjian/warehouse';

const SEED = 20_260;

/** Fills an empty demo warehouse: six finished quarters and the running one up to now. */
export async function loadDemo(
  environment: Environment,
  warehouse: Warehouse,
  print: (line: string) => void,
): Promise<void> {
  const [row] = await warehouse.query<{ n: number }>('SELECT count() AS n FROM events');
  if ((row?.n ?? 0) > 0) return;
  print('· generating and importing the demo district …');
  const counts = await importLines({
    environment,
    warehouse,
    name: 'demo-district.ndjson',
    lines: generateDistrict({ seed: SEED, until: new Date() }),
  });
  print(
    `· ${counts.accepted.toLocaleString('en')} events (${counts.duplicate} duplicates, ${counts.rejected} rejected); computing the scores …`,
  );
  await refresh({ warehouse, environment });
}

export interface RunningTrickle {
  stop(): Promise<void>;
}

export async function startDemoTrickle(
  environment: Environment,
  warehouse: Warehouse,
  status: (message: string) => void,
): Promise<RunningTrickle | undefined> {
  const url = readRunFile(environment.dataDir)?.ingest?.url;
  if (!url) return undefined;
  const key = await createKey(warehouse, { name: `demo-trickle-${Date.now()}` });
  const abort = new AbortController();
  const done = startTrickle({ url, key, seed: SEED, signal: abort.signal }).catch((error: Error) => {
    if (!abort.signal.aborted) status(`the live trickle of the demo ended: ${error.message}`);
  });
  return {
    async stop() {
      abort.abort();
      await done;
    },
  };
}
