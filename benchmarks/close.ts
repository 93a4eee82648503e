/**
 * Closing a quarter of a log of many events, proving it, and what is handed out of it: each from start of the process to its exit, with
 * the peak memory of that process and of the engine. The peer of closing and proving is ClickHouse's own SHA-256 of every line
 * (source, id) of the same log: the least that anybody must do who pins the log by hashes. It scores nothing.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Warehouse } from '@hengjian/warehouse';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { type ChildRun, runHengjian } from './child.ts';
import { writeEventFile } from './event-file.ts';
import { type Figure, figureTable, median, spread } from './figure.ts';
import { type BenchOptions, benchOptions } from './options.ts';
import { processUsage } from './process-usage.ts';

export const CLOSE_DEFAULTS: BenchOptions = { events: 1_000_000, runs: 3 };
const QUARTER = '2026Q2';
const UNIT = 'scjg';

/** `runs`: of the peer; a quarter is closed once. */
export async function benchClose({ events, runs }: BenchOptions): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const { warehouse, engine, url, close } = await temporaryWarehouse();
  const run = (...args: string[]) => runHengjian(args, { CLICKHOUSE_URL: url, HENGJIAN_DATA_DIR: directory });
  const engineMb = () => processUsage(engine.pid()!)?.peakMb ?? 0;
  try {
    const lines = join(directory, 'events.ndjson');
    await writeEventFile(lines, events);
    await run('import', lines);
    rmSync(lines);
    await run('refresh');
    const bare: number[] = [];
    for (let n = 0; n < runs; n += 1) bare.push(await hashEveryLine(warehouse));
    const before = engineMb();
    const closed = await run('close', QUARTER, '--json');
    const { record } = JSON.parse(closed.stdout) as { record: { events: { count: number } } };
    const afterClosing = engineMb();
    const proved = await run('verify', QUARTER, '--replay', '--json');
    if (!(JSON.parse(proved.stdout) as { ok: boolean }).ok) throw new Error('the publication does not prove itself');
    const file = (name: string) => join(directory, name);
    const documents: [string, ChildRun, string][] = [];
    for (const format of ['docx', 'xlsx', 'pdf']) {
      const out = file(`circular.${format}`);
      documents.push([`circular, ${format}`, await run('circular', QUARTER, '--format', format, '--out', out), out]);
    }
    const pack = file('evidence.zip');
    documents.push([`evidence pack of ${UNIT}`, await run('evidence', QUARTER, UNIT, '--out', pack), pack]);
    const peer = median(bare);
    const counted = `${record.events.count.toLocaleString('en')} of ${events.toLocaleString('en')} events counted`;
    return [
      { name: 'close a quarter, start to exit', value: closed.seconds, unit: 's', note: counted },
      { name: '  SHA-256 of every line in bare SQL', value: peer, unit: 's', note: spread(bare) },
      { name: '  close ÷ bare SQL', value: closed.seconds / peer, unit: '×' },
      { name: '  peak memory of the closing process', value: closed.peakMb, unit: 'MB' },
      {
        name: '  of the engine, import and refresh included',
        value: afterClosing,
        unit: 'MB',
        note: `${Math.round(before).toLocaleString('en')} MB before`,
      },
      { name: 'verify --replay, start to exit', value: proved.seconds, unit: 's' },
      { name: '  verify ÷ bare SQL', value: proved.seconds / peer, unit: '×' },
      { name: '  peak memory of the verifying process', value: proved.peakMb, unit: 'MB' },
      ...documents.flatMap(([name, one, out]) => documentFigures(name, one, out)),
    ];
  } finally {
    await close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function documentFigures(name: string, { seconds, peakMb }: ChildRun, file: string): Figure[] {
  const note = `${Math.round(statSync(file).size / 1000).toLocaleString('en')} kB`;
  return [
    { name: `${name}, start to exit`, value: seconds, unit: 's', note },
    { name: '  peak memory of its process', value: peakMb, unit: 'MB' },
  ];
}

/** Every line hashed, the hashes added up, so that none can be left out. */
async function hashEveryLine(warehouse: Warehouse): Promise<number> {
  const started = performance.now();
  await warehouse.query(
    `SELECT sum(reinterpretAsUInt64(SHA256(concat(toString(source), '\\t', id, '\\n')))) AS hashed FROM events
     WHERE NOT startsWith(toString(type), 'score.')`,
  );
  return (performance.now() - started) / 1000;
}

if (import.meta.main) console.log(figureTable(await benchClose(benchOptions(CLOSE_DEFAULTS))));
