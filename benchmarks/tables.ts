/**
 * Import of tables: `hengjian import` of an xlsx, xls and CSV from start to exit, against a bare read of the same file by
 * a library in a process of its own, in turns. The import reads xls and CSV with the same one, and streams xlsx itself.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { runHengjian, runScript } from './child.ts';
import { type Figure, figureTable, median, spread } from './figure.ts';
import { type BenchOptions, benchOptions } from './options.ts';
import { MOST_XLS_ROWS, type TableFormat, writeTableFile } from './table-file.ts';

export const TABLES_DEFAULTS: BenchOptions = { events: 50_000, runs: 3 };

/** @param events rows of a table */
export async function benchTables({ events, runs }: BenchOptions): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const { warehouse, url, close } = await temporaryWarehouse();
  try {
    const figures: Figure[] = [];
    for (const format of ['xlsx', 'xls', 'csv'] satisfies TableFormat[]) {
      const rows = format === 'xls' ? Math.min(events, MOST_XLS_ROWS) : events;
      const file = join(directory, `table.${format}`);
      writeTableFile(file, format, rows);
      const rates: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
      let [peakMb, barePeakMb] = [0, 0];
      for (let run = 0; run < runs; run += 1) {
        await warehouse.command('TRUNCATE TABLE events');
        const ours = await runHengjian(['import', file], { CLICKHOUSE_URL: url, HENGJIAN_DATA_DIR: directory });
        const { accepted } = JSON.parse(ours.stdout.trim().split('\n').at(-1)!);
        if (accepted !== rows) throw new Error(`import of ${format} stored ${accepted} of ${rows}`);
        const bare = await runScript(join(import.meta.dirname, 'bare-read.ts'), [file], {});
        if (Number(bare.stdout) !== rows + 1) throw new Error(`the bare read found ${bare.stdout} rows`);
        rates.ours.push(rows / ours.seconds);
        rates.bare.push(rows / bare.seconds);
        peakMb = Math.max(peakMb, ours.peakMb);
        barePeakMb = Math.max(barePeakMb, bare.peakMb);
      }
      figures.push(
        {
          name: `import of ${format}, start to exit`,
          value: median(rates.ours),
          unit: 'rows/s',
          note: `${rows} rows, ${spread(rates.ours)}`,
        },
        { name: '  a bare read by the library', value: median(rates.bare), unit: 'rows/s', note: spread(rates.bare) },
        { name: '  peak memory of the importing process', value: peakMb, unit: 'MB', aim: { atMost: 500 } },
        { name: '  of the bare read', value: barePeakMb, unit: 'MB' },
      );
    }
    return figures;
  } finally {
    await close();
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) console.log(figureTable(await benchTables(benchOptions(TABLES_DEFAULTS))));
