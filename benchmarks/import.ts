/**
 * Import of a file: `hengjian import` from start to exit, against ClickHouse's own `INSERT … SELECT … FROM file()` of
 * the same lines into a table of the same columns, on the same engine, one after the other in turns.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { runHengjian } from './child.ts';
import { writeEventFile } from './event-file.ts';
import { type Figure, figureTable, median, spread } from './figure.ts';
import { type BenchOptions, benchOptions } from './options.ts';
import { countRows, createPeerTables, insertFromFile } from './peer-insert.ts';
import { processUsage } from './process-usage.ts';
import { bytesPerEvent } from './storage.ts';

export const IMPORT_DEFAULTS: BenchOptions = { events: 1_000_000, runs: 3 };

export async function benchImport({ events, runs }: BenchOptions): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const { warehouse, url, engine, close } = await temporaryWarehouse();
  const engineCpu = (): number => processUsage(engine.pid()!)?.cpuSeconds ?? 0;
  try {
    const file = join(directory, 'events.ndjson');
    const written = await writeEventFile(file, events);
    await createPeerTables(warehouse);
    const rates: Record<'ours' | 'peer' | 'plain', number[]> = { ours: [], peer: [], plain: [] };
    const cpu: Record<'importer' | 'engine' | 'peer', number[]> = { importer: [], engine: [], peer: [] };
    let peakMb = 0;
    const empty = (table: string): Promise<void> => warehouse.command(`TRUNCATE TABLE ${table}`);
    const peer = async (table: 'peer' | 'peer_plain'): Promise<number> => {
      await empty(table);
      const started = performance.now();
      const cpuBefore = engineCpu();
      await insertFromFile(warehouse, table, file);
      if (table === 'peer') cpu.peer.push(engineCpu() - cpuBefore);
      const seconds = (performance.now() - started) / 1000;
      if ((await countRows(warehouse, table)) !== events) throw new Error(`${table} does not hold ${events} rows`);
      await empty(table);
      return events / seconds;
    };
    for (let run = 0; run < runs; run++) {
      await empty('events');
      const cpuBefore = engineCpu();
      const ours = await runHengjian(['import', file], { CLICKHOUSE_URL: url, HENGJIAN_DATA_DIR: directory });
      const counts = JSON.parse(ours.stdout.trim().split('\n').at(-1)!);
      if (counts.accepted !== events || (await countRows(warehouse, 'events')) !== events) {
        throw new Error(`import stored ${ours.stdout.trim()} of ${events}`);
      }
      rates.ours.push(events / ours.seconds);
      cpu.importer.push(ours.cpuSeconds);
      cpu.engine.push(engineCpu() - cpuBefore);
      peakMb = Math.max(peakMb, ours.peakMb);
      rates.peer.push(await peer('peer'));
      rates.plain.push(await peer('peer_plain'));
    }
    const perMillion = (seconds: readonly number[]): number => median(seconds) / (events / 1e6);
    const [ours, same, plain] = [median(rates.ours), median(rates.peer), median(rates.plain)];
    return [
      {
        name: `generator, ${events.toLocaleString('en')} events`,
        value: events / written.seconds,
        unit: 'events/s',
        note: `${(written.bytes / events).toFixed(0)} B a line`,
      },
      { name: 'hengjian import, start to exit', value: ours, unit: 'events/s', note: spread(rates.ours) },
      { name: 'INSERT … SELECT FROM file(), same table', value: same, unit: 'rows/s', note: spread(rates.peer) },
      {
        name: 'INSERT … SELECT FROM file(), without index for duplicates',
        value: plain,
        unit: 'rows/s',
        note: spread(rates.plain),
      },
      { name: 'ratio to the same table', value: ours / same, unit: '×', aim: { atLeast: 0.6 } },
      { name: 'ratio to the table without that index', value: ours / plain, unit: '×' },
      { name: 'processor time a million events: importer', value: perMillion(cpu.importer), unit: 's' },
      { name: '  the engine meanwhile, merges included', value: perMillion(cpu.engine), unit: 's' },
      { name: '  the engine for INSERT … SELECT', value: perMillion(cpu.peer), unit: 's' },
      { name: 'peak memory of the importing process', value: peakMb, unit: 'MB', aim: { atMost: 500 } },
      ...(await bytesPerEvent(warehouse)),
    ];
  } finally {
    await close();
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) console.log(figureTable(await benchImport(benchOptions(IMPORT_DEFAULTS))));
