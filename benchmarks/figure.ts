import { alignedTable } from './aligned-table.ts';

/** One measured value. `aim` and `least` are what the project asks for, in the unit of the value. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  aim?: { atLeast?: number; atMost?: number };
  /** how it came about: counts, spread of the runs */
  note?: string;
}

const text = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString();

const isMet = ({ value, aim }: Figure): boolean =>
  value >= (aim?.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (aim?.atMost ?? Number.POSITIVE_INFINITY);

/** Those that miss what is asked of them. */
export const missed = (figures: readonly Figure[]): Figure[] => figures.filter((figure) => !isMet(figure));

/** Whether its aim is met, and the aim; '' without one. */
export function figureVerdict(figure: Figure): string {
  const { aim } = figure;
  if (!aim) return '';
  const goal = aim.atLeast !== undefined ? `≥ ${text(aim.atLeast)}` : `≤ ${text(aim.atMost!)}`;
  return `${isMet(figure) ? 'met' : 'NOT MET'} (${goal})`;
}

/** As people read it: three digits or whole thousands, and the unit. */
export const figureValue = ({ value, unit }: Figure): string => `${text(value)} ${unit}`;

/** An aligned table for a terminal. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [figure.name, figureValue(figure), figureVerdict(figure), figure.note ?? '']);
  return alignedTable(rows, (column) => column === 1);
}

/** Middle value; of an even number, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const spread = (values: readonly number[]): string =>
  `${values.length} runs, ${text(Math.min(...values))}–${text(Math.max(...values))}`;
