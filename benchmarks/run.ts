/**
 * `npm run bench -w benchmarks [-- --events N --runs N --save] [NAME…]`: all benchmarks, or the named ones, one after the
 * other. `--save` keeps the figures in results.json; `npm run table -w benchmarks` writes them into README.md.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchClose, CLOSE_DEFAULTS } from './close.ts';
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
import { saveResult } from './results.ts';
import { benchRisk, RISK_DEFAULTS } from './risk.ts';
import { benchTables, TABLES_DEFAULTS } from './tables.ts';

/** Of those that take `--events` and `--runs`. */
const DEFAULTS = {
  import: IMPORT_DEFAULTS,
  tables: TABLES_DEFAULTS,
  http: HTTP_DEFAULTS,
  refresh: REFRESH_DEFAULTS,
  close: CLOSE_DEFAULTS,
  draw: DRAW_DEFAULTS,
  risk: RISK_DEFAULTS,
  log: LOG_DEFAULTS,
};
const BENCHMARKS = {
  import: () => benchImport(benchOptions(DEFAULTS.import)),
  tables: () => benchTables(benchOptions(DEFAULTS.tables)),
  http: () => benchHttp(benchOptions(DEFAULTS.http)),
  refresh: () => benchRefresh(benchOptions(DEFAULTS.refresh)),
  'first-page': benchFirstPage,
  latency: () => benchLatency(LATENCY_DEFAULTS),
  readers: () => benchReaders(READERS_DEFAULTS),
  close: () => benchClose(benchOptions(DEFAULTS.close)),
  draw: () => benchDraw(benchOptions(DEFAULTS.draw)),
  risk: () => benchRisk(benchOptions(DEFAULTS.risk)),
  log: () => benchLog(benchOptions(DEFAULTS.log)),
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string' }, runs: { type: 'string' }, save: { type: 'boolean' } },
});
const unknown = positionals.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are: ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(2);
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
console.log(machine);
for (const [name, bench] of Object.entries(BENCHMARKS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n# ${name}`);
  try {
    const figures = await bench();
    console.log(figureTable(figures));
    const events = name in DEFAULTS ? benchOptions(DEFAULTS[name as keyof typeof DEFAULTS]).events : null;
    const measured = new Date().toISOString().slice(0, 7);
    if (values.save) saveResult({ benchmark: name, events, machine, measured, figures });
  } catch (error) {
    console.log(`failed: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
