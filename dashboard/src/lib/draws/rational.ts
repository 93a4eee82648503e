/** Exact numbers of a draw, for people: `"3/100"` ↔ per cent. */
import { roundExact } from '@hengjian/contract/round-exact.ts';
import Fraction from 'fraction.js';

/** `"4/13"` → `"30.77%"`. */
export function percentText(rational: string, digits = 2): string {
  return `${trim(new Fraction(rational).mul(100), digits)}%`;
}

/** `"60/13"` → `"4.62"`. */
export function decimalText(rational: string, digits = 2): string {
  return trim(new Fraction(rational), digits);
}

/** What somebody typed as per cent: `"0.5"` → `"1/200"`, `"100"` → `"1"`; undefined where it is no number. */
export function ratioOfPercent(text: string): string | undefined {
  const typed = text
    .trim()
    .replace(/[%％]$/, '')
    .trim();
  if (!/^\d{1,3}(\.\d{1,6})?$/.test(typed)) return undefined;
  return new Fraction(typed).div(100).toFraction();
}

/** Rounded, without zeros at the end. */
function trim(value: Fraction, digits: number): string {
  return String(Number(roundExact(value.toFraction(), digits)));
}
