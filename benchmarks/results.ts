/** The kept results of benchmarks, from which the table in README.md is written. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, figureValue, figureVerdict } from './figure.ts';

export interface Result {
  /** as `run.ts` names it; `load: …` by `npm run load`, `generator` by itself */
  benchmark: string;
  /** events it was run with; null where the benchmark takes no number */
  events: number | null;
  /** processors, memory, Node */
  machine: string;
  /** the month, as 2026-11, or the day, as 2026-11-30 */
  measured: string;
  figures: Figure[];
}

const RESULTS = join(import.meta.dirname, 'results.json');
const README = join(import.meta.dirname, 'README.md');
const BEGIN = '<!-- results: written by `npm run table -w benchmarks` -->';
const END = '<!-- /results -->';

export function readResults(file = RESULTS): Result[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Result[]) : [];
}

/** Puts a result in place of the one of the same benchmark with as many events. */
export function saveResult(result: Result, file = RESULTS): void {
  const others = readResults(file).filter(
    ({ benchmark, events }) => benchmark !== result.benchmark || events !== result.events,
  );
  const kept = [...others, result].sort(
    (a, b) => a.benchmark.localeCompare(b.benchmark) || (a.events ?? 0) - (b.events ?? 0),
  );
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
}

/** As Markdown, a table a result. */
export function resultTables(results: readonly Result[]): string {
  return results
    .map(({ benchmark, events, machine, measured, figures }) => {
      const size = events === null ? '' : `, ${events.toLocaleString('en')} events`;
      const rows = figures.map((figure) =>
        [figure.name.trim(), figureValue(figure), figureVerdict(figure), figure.note ?? ''].map(escaped).join(' | '),
      );
      return [
        `**${benchmark}${size}** (${machine}; ${measured})`,
        '',
        '| what | median | aim | runs, lowest–highest |',
        '|---|---:|---|---|',
        ...rows.map((row) => `| ${row} |`),
      ].join('\n');
    })
    .join('\n\n');
}

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');

/** @throws when the text has no place for the tables */
export function withTables(text: string, results: readonly Result[]): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`benchmarks/README.md needs the lines ${BEGIN} and ${END}.`);
  return `${text.slice(0, begin)}${BEGIN}\n${resultTables(results)}\n${text.slice(end)}`;
}

if (import.meta.main) writeFileSync(README, withTables(readFileSync(README, 'utf8'), readResults()));
