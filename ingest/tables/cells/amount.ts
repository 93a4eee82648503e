/** Amounts of money → yuan, to 0.01 (office-files §2). Decimals are kept as digits: 0.030025 万元 is 300.25 yuan. */
import { type Cell, cellText, fold, isNothing } from './cell.ts';

export type AmountReading = { yuan: number } | 'nothing' | 'amount_form' | 'out_of_range';

export type AmountUnit = 'yuan' | 'ten_thousand';

const AMOUNT = /^(?:罚款|人民币)*(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(万元|万|元)?$/;
const LARGEST = 1e15;

/** @param headerUnit what the header says; a unit in the cell wins over it, and without any there is no amount */
export function readAmount(cell: Cell, headerUnit: AmountUnit | undefined): AmountReading {
  const text = cellText(cell);
  if (isNothing(text)) return 'nothing';
  const match = AMOUNT.exec(fold(text));
  if (!match) return 'amount_form';
  const [, sign, whole, fraction = '', written] = match;
  const digits = `${whole!.replaceAll(',', '')}.${fraction}`;
  if (sign && /[1-9]/.test(digits)) return 'out_of_range';
  const unit = written === undefined ? headerUnit : written === '元' ? 'yuan' : 'ten_thousand';
  if (unit === undefined) return 'nothing';
  const yuan = roundedToCents(digits, unit === 'yuan' ? 0 : 4);
  return yuan > LARGEST ? 'out_of_range' : { yuan };
}

/** Half a cent is rounded up. @param shift places by which the point moves to the right */
function roundedToCents(digits: string, shift: number): number {
  const [whole, fraction] = digits.split('.') as [string, string];
  const places = shift + 2;
  const padded = fraction.padEnd(places + 1, '0');
  const cents = BigInt(whole + padded.slice(0, places)) + (padded.charCodeAt(places) >= 53 ? 1n : 0n);
  return Number(cents) / 100;
}

/** The unit that stands in brackets in a header. */
export function unitOfHeader(folded: string): AmountUnit | undefined {
  if (folded.includes('(万元)') || folded.includes('(万)')) return 'ten_thousand';
  return folded.includes('(元)') ? 'yuan' : undefined;
}
