/** Writes the scores of a back-test, one row a test row. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError } from '@hengjian/warehouse';
import { csvLine } from '../csv-line.ts';

/**
 * CSV with the columns id and score; scores in full precision, so that they order exactly as the model does.
 *
 * @param inputs files that must not be overwritten
 * @throws CommandError where the file cannot be written
 */
export function writeScores(
  file: string,
  scores: readonly { id: string; score: number }[],
  inputs: readonly string[],
): void {
  if (inputs.some((input) => resolve(input) === resolve(file)))
    throw new CommandError(`--scores ${file} would overwrite an input; name another file.`);
  const lines = scores.map(({ id, score }) => csvLine([id, score]));
  try {
    writeFileSync(file, `id,score\n${lines.join('\n')}\n`);
  } catch (error) {
    throw new CommandError(`The scores cannot be written to ${file}: ${(error as Error).message}.`);
  }
}
