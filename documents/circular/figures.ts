/** Cells of the circular: rounded for display from exact fractions, two decimals. */
import { percentText, roundExact } from '@hengjian/contract/round-exact.ts';
import Fraction from 'fraction.js';
import type { Cell } from '../document.ts';

export const NONE = '—';

/** @param exact reduced fraction */
export function points(exact: string | null): Cell {
  return exact === null ? NONE : { value: new Fraction(exact).valueOf(), text: roundExact(exact) };
}

export function count(n: number | null): Cell {
  return n === null ? NONE : { value: n, text: String(n) };
}

/** `46/50`; n alone where there is no N. */
export function nOfN(n: number | null, of: number | null): string {
  if (n === null) return NONE;
  return of === null ? String(n) : `${n}/${of}`;
}

/** n of N as a percentage; nothing where nothing was due. */
export function share(n: number | null, of: number | null): Cell {
  if (n === null || of === null || of === 0) return NONE;
  return { value: n / of, text: percentText(n, of) };
}

/** Places gained (up) or lost against before. */
export function places(before: number | null | undefined, now: number | null): Cell {
  if (before === null || before === undefined || now === null) return NONE;
  const gained = before - now;
  return { value: gained, text: gained === 0 ? '持平' : gained > 0 ? `↑${gained}` : `↓${-gained}` };
}
