/** A text for each field of the forms of draws, which stand in an address too: other than the lists of `forms/form-values.ts`. For the server and the browser. */
export type DrawValues = Record<string, string>;

/** A choice of several: stands several times in a form or an address. */
const LISTED = ['area', 'industry', 'stratum'];

/** Values of a form or an address, the last of each name; lists are joined by commas. */
export function drawValues(entries: Iterable<[string, FormDataEntryValue]>): DrawValues {
  const values: DrawValues = {};
  for (const [name, value] of entries) {
    if (typeof value !== 'string') continue;
    values[name] = LISTED.includes(name) && values[name] ? `${values[name]},${value}` : value.slice(0, 2000);
  }
  return values;
}

/** The address that `drawValues` reads as the same values: a list stands there as forms send it, a name for each choice. */
export function queryOf(values: DrawValues): string {
  const pairs = Object.entries(values)
    .filter(([name]) => !name.startsWith('/'))
    .flatMap(([name, value]) => (LISTED.includes(name) ? value.split(',') : [value]).map((one) => [name, one]));
  return new URLSearchParams(pairs).toString();
}
