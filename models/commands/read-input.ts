import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { CommandError } from '@hengjian/warehouse';
import { duplicateName } from '../draw/duplicate-name.ts';
import { isChangedNumber } from '../draw/is-changed-number.ts';

/** A file a person names, as text. @throws CommandError that names it, if it cannot be read or is not UTF-8. */
export function readTextFile(path: string, what: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CommandError(`The ${what} ${path} cannot be read: ${(error as Error).message}.`);
  }
  if (!isUtf8(bytes)) throw new CommandError(`The ${what} ${path} is not UTF-8; save it as UTF-8.`);
  return bytes.toString();
}

/** The same, as JSON. */
export function readJsonFile(path: string, what: string): unknown {
  const text = readTextFile(path, what);
  let value: unknown;
  try {
    value = JSON.parse(text, (name, member, { source }: { source?: string } = {}) => {
      if (isChangedNumber(member, source))
        throw new CommandError(
          `The ${what} ${path} has a ${name} beyond 2^53, which programs read differently; give the file as the program wrote it.`,
        );
      return member;
    });
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `The ${what} ${path} is not JSON (${(error as Error).message}); give the file as the program wrote it.`,
    );
  }
  const twice = duplicateName(text);
  if (twice !== undefined)
    throw new CommandError(
      `The ${what} ${path} names ${JSON.stringify(twice)} twice in one object, which programs read differently; give the file as the program wrote it.`,
    );
  return value;
}
