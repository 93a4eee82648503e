import { dayOf, dayText } from './calendar.ts';

/** A calendar quarter as the integer year × 4 + (0…3). */
export type Quarter = number;

/** `2025Q2` → integer. */
export function parseQuarter(text: string): Quarter {
  const match = /^(\d{4})Q([1-4])$/.exec(text);
  if (!match) throw new RangeError(`not a quarter (like 2025Q2): ${text}`);
  return Number(match[1]) * 4 + Number(match[2]) - 1;
}

export const quarterText = (quarter: Quarter): string => `${Math.floor(quarter / 4)}Q${(quarter % 4) + 1}`;

export const firstDay = (quarter: Quarter): number =>
  dayOf(`${Math.floor(quarter / 4)}-${String((quarter % 4) * 3 + 1).padStart(2, '0')}-01`);

export const lastDay = (quarter: Quarter): number => firstDay(quarter + 1) - 1;

export function quarterOf(day: number): Quarter {
  const text = dayText(day);
  return Number(text.slice(0, 4)) * 4 + Math.floor((Number(text.slice(5, 7)) - 1) / 3);
}
