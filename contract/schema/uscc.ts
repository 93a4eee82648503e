/**
 * Unified social credit code, GB 32100-2015: 18 characters of a 31-letter alphabet (no I, O, S, V, Z); characters 3–8
 * are the digits of the registering authority's area; character 18 checks the first 17:
 * C18 = (31 − Σ Ci·3^(i−1) mod 31) mod 31.
 */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
/** All that a pattern can say: the check character is beyond it. */
export const USCC_FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** Value of an ASCII code in the alphabet, or −1. */
const VALUES = new Int8Array(256).fill(-1);
for (let value = 0; value < ALPHABET.length; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;

/** Platforms write it where there is no code; its check character is right. */
const NOBODY = '0'.repeat(18);

export type UsccProblem = 'uscc_form' | 'uscc_check_character';

/** What is wrong with `code`; undefined if it is a USCC. */
export function usccProblem(code: string): UsccProblem | undefined {
  if (!USCC_FORM.test(code) || code === NOBODY) return 'uscc_form';
  return usccCheckCharacter(code) === code[17] ? undefined : 'uscc_check_character';
}

/** The check character of the first 17 characters, which must be of the alphabet. */
export function usccCheckCharacter(code: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += VALUES[code.charCodeAt(index)]! * WEIGHTS[index]!;
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** The same judgement on 18 ASCII bytes, without making a string. */
export function isUsccAt(bytes: Uint8Array, start: number): boolean {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) {
    const value = VALUES[bytes[start + index]!]!;
    if (value < 0 || (value > 9 && index > 1 && index < 8)) return false;
    sum += value * WEIGHTS[index]!;
  }
  return sum > 0 && VALUES[bytes[start + 17]!] === (31 - (sum % 31)) % 31;
}
