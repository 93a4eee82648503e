/** Unified social credit codes, GB 32100-2015, with the organisation code of GB 11714 inside. */
export const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Check character of the 8-character organisation code (GB 11714: letters count 10…35, mod 11). */
export function organisationCheck(body: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += Number.parseInt(body[i] as string, 36) * (ORGANISATION_WEIGHTS[i] as number);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Check character of the first 17 characters (GB 32100-2015; the outer mod 31 turns 31 into 0). */
export function usccCheck(head: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += USCC_ALPHABET.indexOf(head[i] as string) * (USCC_WEIGHTS[i] as number);
  return USCC_ALPHABET[(31 - (sum % 31)) % 31] as string;
}

const BODIES = 31 ** 6;
const STRIDE = 346_534_801; // odd, not a multiple of 31: number × STRIDE mod 31⁶ visits every body once

/**
 * The code of the number-th subject. The organisation code begins with `DM`, which no register issues (real ones are
 * digits or begin with `M`), so no code can belong to a real enterprise.
 */
export function makeUscc(authority: string, region: string, number: number): string {
  let rest = ((number + 1) * STRIDE) % BODIES; // exact: below 2⁵³ up to 25 million subjects
  let body = '';
  for (let i = 0; i < 6; i++) {
    body = USCC_ALPHABET[rest % 31] + body;
    rest = Math.floor(rest / 31);
  }
  const organisation = `DM${body}`;
  const head = authority + region + organisation + organisationCheck(organisation);
  return head + usccCheck(head);
}
