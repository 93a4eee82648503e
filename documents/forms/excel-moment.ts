/** Days and moments as a spreadsheet counts them: days since 30 December 1899, by the legal clock. */

/** Since 1 March 1900 the count of spreadsheets is that of the calendar; before it they know a 29 February 1900. */
const FIRST = 61;
const EPOCH = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
const LEGAL_OFFSET_MS = 8 * 3_600_000;
const FORM = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/i;

/** @returns undefined where the text is no day, or one that spreadsheets cannot count */
export function excelMoment(text: string): { serial: number; hasTime: boolean } | undefined {
  const [, day, time, offset] = FORM.exec(text) ?? [];
  if (day === undefined) return undefined;
  const [hours, ms] = time === undefined ? ['00:00', ''] : [time.replace(/\.\d+$/, ''), /\.\d+$/.exec(time)?.[0] ?? ''];
  const at = Date.parse(`${day}T${hours}${ms.slice(0, 4)}${offset ?? 'Z'}`);
  // A 30 February is some day in March to the parser.
  if (Number.isNaN(at) || new Date(`${day}T00:00Z`).toISOString().slice(0, 10) !== day) return undefined;
  const serial = (at + (offset === undefined ? 0 : LEGAL_OFFSET_MS) - EPOCH) / DAY_MS;
  return serial >= FIRST ? { serial, hasTime: time !== undefined } : undefined;
}
