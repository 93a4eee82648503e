/** `npm run bench -w benchmarks [-- --events N --runs N] [NAME…]`: all benchmarks, or the named ones, one after the other. */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchDraw, DRAW_DEFAULTS } from './draw.ts';
import { figureTable } from './figure.ts';
import { benchFirstPage } from './first-page.ts';
import { benchHttp, HTTP_DEFAULTS } from './http.ts';
import { benchImport, IMPORT_DEFAULTS } from './import.ts';
import { benchLatency, LATENCY_DEFAULTS } from './latency.ts';
import { benchLog, LOG_DEFAULTS } from './log.ts';
import { benchOptions } from './options.ts';
import { benchReaders, READERS_DEFAULTS } from './readers.ts';
import { benchRefresh, REFRESH_DEFAULTS } from './refresh.ts';
import { benchTables, TABLES_DEFAULTS } from './tables.ts';

const BENCHMARKS = {
  import: () => benchImport(benchOptions(IMPORT_DEFAULTS)),
  tables: () => benchTables(benchOptions(TABLES_DEFAULTS)),
  http: () => benchHttp(benchOptions(HTTP_DEFAULTS)),
  refresh: () => benchRefresh(benchOptions(REFRESH_DEFAULTS)),
  'first-page': benchFirstPage,
  latency: () => benchLatency(LATENCY_DEFAULTS),
  readers: () => benchReaders(READERS_DEFAULTS),
  draw: () => benchDraw(benchOptions(DRAW_DEFAULTS)),
  log: () => benchLog(benchOptions(LOG_DEFAULTS)),
};

const { positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string' }, runs: { type: 'string' } },
});
const unknown = positionals.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are: ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(2);
}
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
);
for (const [name, bench] of Object.entries(BENCHMARKS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n# ${name}`);
  try {
    console.log(figureTable(await bench()));
  } catch (error) {
    console.log(`failed: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
