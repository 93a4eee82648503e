/**
 * HTTP batches of 1,000 events: `POST /v1/events` of a running ingest part, answered when they are durable, against raw
 * HTTP inserts of the same rows into a table of the same columns, on the same engine, in turns, over as many
 * connections.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { runHengjian } from './child.ts';
import { writeEventFile } from './event-file.ts';
import { type Figure, figureTable, median, spread } from './figure.ts';
import { postAll } from './lanes.ts';
import { type BenchOptions, benchOptions } from './options.ts';
import { countRows, createPeerTables, insertFromFile } from './peer-insert.ts';
import { startUp } from './running-up.ts';

export const HTTP_DEFAULTS: BenchOptions = { events: 200_000, runs: 3 };
const BATCH = 1000;
const LANES = [4, 16];

/** Bodies of `BATCH` lines each. */
function batches(text: Buffer): Buffer[] {
  const bodies: Buffer[] = [];
  let start = 0;
  let lines = 0;
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) {
    if (++lines % BATCH === 0 || at === text.length - 1) {
      bodies.push(text.subarray(start, at + 1));
      start = at + 1;
    }
  }
  return bodies;
}

const p99 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)]!;

/** Of each run: events a second of ours and of both kinds of raw insert; p99 of a batch of ours, ms. */
type Rates = Record<'ours' | 'sync' | 'async' | 'slow', number[]>;

export async function benchHttp({ events, runs }: BenchOptions): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const { warehouse, url, engine, close } = await temporaryWarehouse();
  const env = { CLICKHOUSE_URL: url, HENGJIAN_DATA_DIR: directory, INGEST_PORT: '0' };
  const up = await startUp(['--only', 'ingest'], env).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  try {
    const file = join(directory, 'events.ndjson');
    await writeEventFile(file, events);
    const ourBodies = batches(readFileSync(file));
    await createPeerTables(warehouse);
    await insertFromFile(warehouse, 'peer', file);
    // The rows as the engine itself writes them: every column, nothing to compute.
    const rows = await warehouse.stream('SELECT * FROM peer ORDER BY origin_pos FORMAT JSONEachRow');
    const peerBodies = batches(Buffer.concat(await Array.fromAsync(rows)));
    const key = (await runHengjian(['key', 'add', 'bench'], env)).stdout.match(/hj_\S+/)?.[0];
    const edge = {
      url: up.address(/http:\/\/\S+\/v1\/events/),
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    };
    const { access } = engine;
    const peerEdge = (wait: 0 | 1): typeof edge => ({
      url: `${access.url}/?database=${access.database}&async_insert=${wait}&wait_for_async_insert=1&query=${encodeURIComponent('INSERT INTO peer FORMAT JSONEachRow')}`,
      headers: {
        'x-gate': access.gate,
        'x-clickhouse-user': access.app.user,
        'x-clickhouse-key': access.app.password,
      } as never,
    });
    const truncate = (table: string): Promise<void> => warehouse.command(`TRUNCATE TABLE ${table}`);
    let sending = 0;
    const sendOurs = async (lanes: number): Promise<{ rate: number; slow: number }> => {
      // Ids of their own: what came before stays stored, so nothing is a duplicate.
      const prefix = `"id":"${++sending}-`;
      const bodies = ourBodies.map((body) =>
        Buffer.from(body.toString('latin1').replaceAll('"id":"', prefix), 'latin1'),
      );
      const before = await countRows(warehouse, 'events');
      const { seconds, ms } = await postAll(bodies, lanes, edge);
      if ((await countRows(warehouse, 'events')) - before !== events) throw new Error('not every event was stored');
      return { rate: events / seconds, slow: p99(ms) };
    };
    const sendPeer = async (lanes: number, wait: 0 | 1): Promise<number> => {
      await truncate('peer');
      const { seconds } = await postAll(peerBodies, lanes, peerEdge(wait));
      const stored = await countRows(warehouse, 'peer');
      if (stored !== events) throw new Error(`peer holds ${stored} of ${events}`);
      return events / seconds;
    };
    const figures: Figure[] = [];
    for (const lanes of LANES) {
      const rates: Rates = { ours: [], sync: [], async: [], slow: [] };
      for (let run = 0; run < runs; run++) {
        const { rate, slow } = await sendOurs(lanes);
        rates.ours.push(rate);
        rates.slow.push(slow);
        rates.sync.push(await sendPeer(lanes, 0));
        rates.async.push(await sendPeer(lanes, 1));
      }
      figures.push(...httpFigures(lanes, rates));
    }
    return figures;
  } finally {
    await up.stop();
    await close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function httpFigures(lanes: number, rates: Rates): Figure[] {
  const [ours, sync, buffered] = [median(rates.ours), median(rates.sync), median(rates.async)];
  return [
    { name: `POST /v1/events, ${lanes} connections`, value: ours, unit: 'events/s', note: spread(rates.ours) },
    { name: '  p99 of a batch', value: median(rates.slow), unit: 'ms' },
    { name: '  raw HTTP INSERT, same batches', value: sync, unit: 'rows/s', note: spread(rates.sync) },
    { name: '  raw, async_insert=1, waiting', value: buffered, unit: 'rows/s', note: spread(rates.async) },
    { name: '  ratio to raw inserts', value: ours / sync, unit: '×' },
    { name: '  ratio to async_insert', value: ours / buffered, unit: '×' },
  ];
}

if (import.meta.main) console.log(figureTable(await benchHttp(benchOptions(HTTP_DEFAULTS))));
