import { BESIDES } from '@hengjian/contract/reasons.ts';
import { isDamagedNumber } from '../cells/subject-code.ts';
import type { Layout } from '../layouts/layout.ts';
import { type Refusal, refused } from '../rows/row-event.ts';
import { damagedNumber } from '../rows/row-reading.ts';
import type { TableRow } from '../rows/table-row.ts';

/**
 * A row that is refused for another reason first, and of which the spreadsheet has damaged a number too. The row is kept as text,
 * in which a number or a day cannot be told from what was typed: only the reason remembers it.
 */
export function withDamage(refusal: Refusal, row: TableRow, layout: Layout): Refusal {
  if (refusal.reason === 'number_damaged') return refusal;
  const name = numbersOf(row, layout).find((one) => row.text(one) !== '' && isDamagedNumber(row.cell(one)));
  if (name === undefined) return refusal;
  return { ...refusal, detail: `${refusal.detail}${BESIDES}${damagedNumber(row, name).detail}` };
}

/** What is left of such a row once the first reason is gone. */
export function damageBeside({ detail }: Refusal): Refusal | undefined {
  const at = detail.lastIndexOf(BESIDES);
  return at < 0 ? undefined : refused('number_damaged', detail.slice(at + BESIDES.length)).refused;
}

function numbersOf(row: TableRow, { numbers, entry, columns }: Layout): string[] {
  const texts = entry ? [...entry.members].flatMap(([name, form]) => (form === 'text' ? [name] : [])) : [];
  // A licence without a document has the number of its certificate.
  const cert = columns.has('cert') && row.text('doc') === '' ? ['cert'] : [];
  return [...numbers, ...cert, ...texts];
}
