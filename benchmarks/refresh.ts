/**
 * `hengjian refresh`: everything built from nothing after an import, then again after a thousand new events of the
 * running quarter, then with nothing to do; each from start to exit.
 */
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { runHengjian } from './child.ts';
import { writeEventFile } from './event-file.ts';
import { type Figure, figureTable } from './figure.ts';
import { type BenchOptions, benchOptions } from './options.ts';

export const REFRESH_DEFAULTS: BenchOptions = { events: 1_000_000, runs: 1 };
const NEWS = 1000;

/** The last lines of a file of any size. */
function lastLines(path: string, count: number): string[] {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  const tail = Buffer.alloc(Math.min(size, count * 4096));
  readSync(file, tail, 0, tail.length, size - tail.length);
  closeSync(file);
  return tail.toString('utf8').trimEnd().split('\n').slice(-count);
}

export async function benchRefresh({ events }: BenchOptions): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const { warehouse, url, close } = await temporaryWarehouse();
  const env = { CLICKHOUSE_URL: url, HENGJIAN_DATA_DIR: directory };
  try {
    const file = join(directory, 'events.ndjson');
    await writeEventFile(file, events);
    // As a user imports it: rows without facts would be read anew by the first refresh.
    await runHengjian(['import', file], env);
    const full = await runHengjian(['refresh'], env);
    const [{ units } = { units: 0 }] = await warehouse.query<{ units: number }>(
      'SELECT uniqExact(unit) AS units FROM mart_unit_scores',
    );
    if (units !== 14) throw new Error(`the refresh scored ${units} units`);
    const lines = lastLines(file, NEWS);
    const news = join(directory, 'news.ndjson');
    writeFileSync(news, `${lines.map((line) => line.replace('"id":"', '"id":"new-')).join('\n')}\n`);
    await runHengjian(['import', news], env);
    const some = await runHengjian(['refresh'], env);
    const none = await runHengjian(['refresh'], env);
    const quarters = await warehouse.query('SELECT DISTINCT quarter FROM mart_unit_scores');
    return [
      {
        name: `full refresh, ${events.toLocaleString('en')} events`,
        value: full.seconds,
        unit: 's',
        note: `${quarters.length} quarters`,
      },
      {
        name: `refresh after ${NEWS.toLocaleString('en')} new events`,
        value: some.seconds,
        unit: 's',
        note: some.stdout.trim().split('\n').at(-1) ?? '',
      },
      { name: 'refresh with nothing new', value: none.seconds, unit: 's', note: 'mostly the start of the process' },
    ];
  } finally {
    await close();
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) console.log(figureTable(await benchRefresh(benchOptions(REFRESH_DEFAULTS))));
