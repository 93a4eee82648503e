/** Quarters such as `2025Q2`. */
import { addDays, type Day } from './day.ts';

export interface Quarter {
  id: string;
  year: number;
  start: Day;
  end: Day;
}

/** @returns null unless `id` is a year from 2010 to 2199, `Q` and 1–4. */
export function parseQuarter(id: string): Quarter | null {
  const match = /^(20[1-9]\d|21\d\d)Q([1-4])$/.exec(id);
  if (!match) return null;
  const year = Number(match[1]);
  const n = Number(match[2]);
  const month = (m: number) => String(m).padStart(2, '0');
  const next = n === 4 ? `${year + 1}-01-01` : `${year}-${month(3 * n + 1)}-01`;
  return { id, year, start: `${year}-${month(3 * n - 2)}-01`, end: addDays(next, -1) };
}

/** The quarter a day lies in. */
export function quarterOf(day: Day): string {
  return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** −1 for the quarter before, 1 for the one after. */
export function neighbour(id: string, step: number): string {
  const index = Number(id.slice(0, 4)) * 4 + Number(id.slice(5)) - 1 + step;
  return `${Math.floor(index / 4)}Q${(index % 4) + 1}`;
}
