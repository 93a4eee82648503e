/** Many texts as parameters of one query: they travel as form fields, each of at most 128 KiB. */

/** As many as a request takes beside what else it says. */
export const FIELDS = 12;
/** Half of what a field holds, which leaves room for whatever the client writes around it. */
const BYTES = 64 * 1024;
/** Quotes and the comma, written as three characters each. */
const AROUND = 9;

/** @param length of the longest text, as it is written in an address */
export const textsOfAField = (length: number): number => Math.max(1, Math.floor(BYTES / (length + AROUND)));

export function fieldsOf(texts: readonly string[], size: number): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (let first = 0; first < texts.length; first += size)
    fields[`field${first / size}`] = texts.slice(first, first + size);
  return fields;
}

/** SQL of all of them together. */
export const arrayOf = (fields: object): string =>
  `arrayConcat(${Object.keys(fields)
    .map((name) => `{${name}:Array(String)}`)
    .join(', ')})`;
