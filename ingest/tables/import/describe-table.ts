/** The account of a preview: what was recognised, what is wrong, and what would change. */
import type { ReadSheet, ReadTable } from './open-table.ts';
import { originOf } from './send-table.ts';

const MOST_REFUSALS = 200;

export function describeTable({ path, format, encoding, sheets, plan, unmatched }: ReadTable): string {
  const counts = plan.counts();
  const lines = [`${path}: ${format}, ${encoding}`, ...sheets.flatMap(describeSheet)];
  const wrong = plan.entries.filter(({ refusal }) => refusal !== undefined);
  for (const { sheet, row, refusal } of wrong.slice(0, MOST_REFUSALS))
    lines.push(`  refused ${originOf(path, sheets[sheet]!.name)}:${row}: ${refusal!.reason}: ${refusal!.detail}`);
  if (wrong.length > MOST_REFUSALS) lines.push(`  and ${wrong.length - MOST_REFUSALS} more are refused`);
  if (unmatched.length > 0) lines.push(`  organs that are no unit: ${unmatched.join(', ')}`);
  const days = plan.entries
    .filter(({ id }) => id !== '')
    .map(({ time }) => time.slice(0, 10))
    .sort();
  if (days.length > 0) lines.push(`  days ${days[0]} to ${days.at(-1)}`);
  const changed = plan.corrections.length;
  lines.push(
    `  new ${counts.accepted - changed}, known ${counts.duplicate}, refused ${counts.rejected}, corrected ${changed}`,
  );
  for (const { of } of plan.corrections)
    lines.push(`  no longer as stored: ${of.id} (${of.department}, ${of.time.slice(0, 10)})`);
  return `${lines.join('\n')}\n`;
}

function describeSheet({ name, header, rows, skipped }: ReadSheet): string[] {
  const { layout, firstRow, lastRow, columns, texts, lines } = header;
  const place = firstRow === lastRow ? `row ${firstRow}` : `rows ${firstRow} and ${lastRow}`;
  return [
    `  ${name === '' ? 'table' : `sheet ${name}`}: header in ${place}, layout ${layout.id} (${layout.title.zh})`,
    ...[...columns].map(([column, index]) => `    ${texts[index]} → ${column}`),
    ...[...lines].map(([column]) => `    line above the header → ${column}`),
    `    ${rows - skipped} events and refusals, ${skipped} rows skipped`,
  ];
}
