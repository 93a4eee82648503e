/**
 * Resident identity numbers, GB 11643-1999: 6 digits area, 8 birth day, 3 order, 1 check character:
 * Σ aᵢ·Wᵢ ≡ 1 (mod 11), Wᵢ = 2^(i−1) mod 11 counted from the right (ISO/IEC 7064 MOD 11-2).
 */
import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK = '10X98765432';
const CANDIDATE = /(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])/g;

export function isResidentIdentity(text: string): boolean {
  if (!/^[1-9]\d{16}[0-9Xx]$/.test(text)) return false;
  if (!isCalendarDay(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`)) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return CHECK[sum % 11] === text[17]!.toUpperCase();
}

/** Every valid number keeps its first 6 and last 2 characters, however wide its digits are. */
export function maskIdentities(text: string): string {
  if (text.length < 18) return text;
  const plain = text.normalize('NFKC');
  let masked = plain.length === text.length ? text : plain;
  for (const { 0: found, index } of plain.matchAll(CANDIDATE))
    if (isResidentIdentity(found)) masked = masked.slice(0, index + 6) + '*'.repeat(10) + masked.slice(index + 16);
  return masked;
}

const PERSONAL_HEADER = /证件号码|身份证号|电话|手机/;

/** Whether a column holds what the product must not keep. @param header folded */
export const isPersonalColumn = (header: string): boolean => PERSONAL_HEADER.test(header);
