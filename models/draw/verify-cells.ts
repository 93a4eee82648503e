import { type Cell, cellsOf } from './cells.ts';
import { CheckFailed, type CheckList } from './check.ts';
import { roundingOffset } from './commitment.ts';
import { DrawError } from './draw-error.ts';
import type { DrawRecord } from './draw-record.ts';
import { bytewise } from './frame-layout.ts';
import type { Plan } from './plan.ts';

/** u, and each cell's rows, order, π, expected number and size, recomputed from the plan and the rows the cells name. */
export function verifyCells(list: CheckList, record: DrawRecord, plan: Plan): void {
  const offset = roundingOffset(Buffer.from(record.seed, 'hex'));
  list.hold(
    'u',
    String(offset) === record.u,
    'follows from the seed',
    `the seed gives ${offset}, the record says ${record.u}`,
  );
  const cells = recompute(record, plan, offset);
  const rows = record.cells.reduce((sum, cell) => sum + cell.N, 0);
  list.hold(
    'rows',
    rows === record.frame.rows,
    `the cells hold the ${rows} rows of the frame`,
    `the cells hold ${rows} rows, the frame ${record.frame.rows}`,
  );
  const wrong = cells.findIndex((cell, index) => differs(cell, record.cells[index]!));
  list.hold(
    'cells',
    wrong < 0,
    `${cells.length} cells have the order, π and expected number that the plan gives`,
    wrong < 0 ? '' : difference(cells[wrong]!, record.cells[wrong]!, wrong),
  );
  const size = cells.findIndex((cell, index) => cell.size !== record.cells[index]!.n);
  list.hold(
    'sizes',
    size < 0,
    `n of every cell follows from u; together ${cells.reduce((sum, cell) => sum + cell.size, 0)}`,
    size < 0
      ? ''
      : `cell ${size} (${cells[size]!.key.join(', ')}) draws ${cells[size]!.size}, the record says ${record.cells[size]!.n}`,
  );
}

function recompute(record: DrawRecord, plan: Plan, offset: bigint): Cell[] {
  const rowsByCell = new Map(record.cells.map(({ key, N }) => [key.map(bytewise).join('\t'), N]));
  const width = plan.strata.length + 1;
  if (
    rowsByCell.size !== record.cells.length ||
    record.cells.some(({ key }) => key.length !== width || /\t/.test(key.join('')))
  )
    throw new CheckFailed('cells', `the cells must be distinct and have ${width} values each (strata, then the tier)`);
  try {
    return cellsOf(plan, rowsByCell, offset);
  } catch (error) {
    if (error instanceof DrawError) throw new CheckFailed('cells', error.message);
    throw error;
  }
}

type RecordCell = DrawRecord['cells'][number];

function differs(cell: Cell, claimed: RecordCell): boolean {
  return (
    cell.key.join('\t') !== claimed.key.join('\t') ||
    cell.pi.toFraction() !== claimed.pi ||
    cell.expected.toFraction() !== claimed.expected
  );
}

function difference(cell: Cell, claimed: RecordCell, index: number): string {
  const computed = `${cell.key.join(', ')} with π ${cell.pi.toFraction()}, expected ${cell.expected.toFraction()}`;
  return `cell ${index} is ${computed}; the record says ${claimed.key.join(', ')} with π ${claimed.pi}, expected ${claimed.expected}`;
}
