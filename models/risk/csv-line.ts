/** One line of CSV (RFC 4180), without its end; for programs: texts stand as they are, to be joined by (docs/risk.md). */
export function csvLine(values: readonly (string | number)[]): string {
  return values
    .map((value) => {
      const text = String(value);
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
}
