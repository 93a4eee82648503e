/** `up --demo`: a generated district, imported by the same way as an office's own file, then a live trickle. */
import { setTimeout as pause } from 'node:timers/promises';
import { fullRights } from '@hengjian/contract/write-rights.ts';
import { type CityId, cityAreas, generateCity, generateDistrict, startTrickle } from '@hengjian/generator';
import { createKey, importLines } from '@hengjian/ingest';
import { refresh } from '@hengjian/models';
import { readAreasFile } from '@hengjian/models/registries/read-areas.ts';
import { saveArea } from '@hengjian/models/registries/save-area.ts';
import { type Environment, readRunFile, type Warehouse } from '@hengjian/warehouse';
import { openEventWriter, writerWhenNeeded } from '../open-event-writer.ts';
import { drawDemo } from './draw-demo.ts';
import { publishDemoQuarters } from './publish-demo-quarters.ts';

const SEED = 20_260;
/** Whoever has opened the address looks at first pages before publishing takes its share of the processors. */
const FIRST_LOOK_MS = 15_000;
/** What is being written has this long to get there. */
const PUBLISHING_ENDS_MS = 500;
const ORIGIN = 'demo-district.ndjson';
/** A demo started again is carried on to the present when it is older than this. */
const STALE_MS = 6 * 3_600_000;

interface StoredDemo {
  events: number;
  firstQuarter: string;
  /** ms since 1970 of the last generated event; 0 if there is none */
  last: number;
}

/**
 * Fills an empty demo warehouse with six finished quarters and the running one up to now; carries an older one on.
 * @param city one of the cities without points; by default the district of the Nantong rule set
 */
export async function loadDemo(
  environment: Environment,
  warehouse: Warehouse,
  print: (line: string) => void,
  city?: CityId,
): Promise<void> {
  if (city) nameAreas(environment.dataDir, city);
  const until = new Date();
  const stored = await readStored(warehouse);
  if (stored.events > 0 && until.getTime() - stored.last < STALE_MS) return;
  print(
    stored.events > 0
      ? '· carrying the demo district on to the present …'
      : `· generating and importing the demo district${city ? ` (${city})` : ''} …`,
  );
  const carriedOn = stored.events > 0 ? { firstQuarter: stored.firstQuarter, since: new Date(stored.last) } : {};
  const period = { seed: SEED, until, ...carriedOn };
  const lines = city ? generateCity({ city, ...period }) : generateDistrict(period);
  const opened = await openEventWriter({ environment, warehouse: async () => warehouse, expectedEvents: 0 });
  const { accepted, duplicate, rejected } = await importLines({ writer: opened.writer, name: ORIGIN, lines }).finally(
    () => opened.stop(),
  );
  print(
    `· ${accepted.toLocaleString('en')} events (${duplicate} duplicates, ${rejected} rejected); computing the scores …`,
  );
  await refresh({ warehouse, environment });
}

/** So that pages show names; those that somebody entered are left as they are. */
function nameAreas(dataDir: string, city: CityId): void {
  const known = new Set(readAreasFile(dataDir).map(({ code }) => code));
  for (const area of cityAreas(city))
    if (!known.has(area.code)) saveArea(dataDir, { ...area, parent: '', from: '', to: '' });
}

async function readStored(warehouse: Warehouse): Promise<StoredDemo> {
  const [row] = await warehouse.query<StoredDemo>(
    // The first log-in of the district, or the first report that a city asks for, lies in the first quarter.
    `WITH minIf(time, type IN ('login.succeeded', 'material.due')) AS began
     SELECT count() AS events, toUnixTimestamp64Milli(max(time)) AS last,
       concat(toString(toYear(began)), 'Q', toString(toQuarter(began))) AS firstQuarter
     FROM events WHERE origin = {origin:String}`,
    { origin: ORIGIN },
  );
  return row ?? { events: 0, firstQuarter: '', last: 0 };
}

export interface RunningTrickle {
  stop(): Promise<void>;
}

/** Undefined where the ingest part does not run. */
export async function startDemoTrickle(
  environment: Environment,
  warehouse: Warehouse,
  status: (message: string) => void,
): Promise<RunningTrickle | undefined> {
  const url = readRunFile(environment.dataDir)?.ingest?.url;
  if (!url) return undefined;
  const key = await createKey(warehouse, { name: `demo-trickle-${Date.now()}` });
  const abort = new AbortController();
  const rights = fullRights('demo');
  const writer = writerWhenNeeded({ environment, warehouse: async () => warehouse });
  // Beside the trickle, since nobody waits for them.
  const draws = drawDemo(warehouse, (events) => writer.write(events, rights)).catch((error: Error) => {
    if (!abort.signal.aborted) status(`the draws of the demo ended: ${error.message}`);
  });
  const { signal } = abort;
  const quarters = Promise.all([draws, pause(FIRST_LOOK_MS, undefined, { signal })])
    .then(() => publishDemoQuarters({ environment, warehouse, writer, signal }))
    .then(() => status('the past year of the demo is in: draws with their results, published quarters, a circular'))
    .catch((error: Error) => {
      if (!abort.signal.aborted) status(`publishing the past quarters of the demo ended: ${error.message}`);
    });
  const done = startTrickle({ url, key, seed: SEED, signal }).catch((error: Error) => {
    if (!abort.signal.aborted) status(`the live trickle of the demo ended: ${error.message}`);
  });
  return {
    async stop() {
      abort.abort();
      // A quarter takes longer to publish than people wait for an end: its event is stored or it is not.
      await Promise.all([done, draws, Promise.race([quarters, pause(PUBLISHING_ENDS_MS, undefined, { ref: false })])]);
    },
  };
}
