import { chmodSync, writeFileSync } from 'node:fs';
import { CommandError } from '@hengjian/warehouse';
import { csvLine } from './csv-line.ts';
import type { PastInspection } from './queries/read-inspections.ts';

const COLUMNS = [
  'id',
  'inspected_on',
  'subject',
  'kind',
  'area',
  'industry',
  'index',
  'tier',
  'given_tier',
  'past_inspections',
  'past_found',
  'found',
  'section',
  'probability',
  'probability_of',
] as const satisfies readonly (keyof PastInspection)[];

/** Only the owner may read the file. @throws CommandError where it cannot be written */
export function writeInspections(file: string, rows: readonly PastInspection[]): void {
  const lines = [csvLine(COLUMNS), ...rows.map((row) => csvLine(COLUMNS.map((column) => row[column])))];
  try {
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    // The mode counts for a new file only.
    chmodSync(file, 0o600);
  } catch (error) {
    throw new CommandError(`The inspections cannot be written to ${file}: ${(error as Error).message}.`);
  }
}
