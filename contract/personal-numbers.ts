/**
 * Telephone and id numbers of natural persons in what people wrote (reasons, grounds, findings): nobody who may not see the
 * names of persons is shown them, and no document that goes round holds them.
 */
import { seesPersons } from './natural-persons.ts';
import { usccProblem } from './schema/uscc.ts';
import type { Scope } from './scope.ts';

/** Stands for a number, and says nothing of it. */
const MASK = '***';
const ID_NUMBER =
  /(?<![\dA-Za-z])[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/g;
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** Of a mobile, as written in one, with blanks or with hyphens, with the country or without. */
const MOBILE = /(?<![\dA-Za-z])(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\dA-Za-z])/g;
/** With the area before it, or the extension after it. */
const LANDLINE = /(?<![\dA-Za-z])(?:\(0\d{2,3}\)|0\d{2,3}[- ])[- ]?[2-9]\d{6,7}(?:-\d{1,5})?(?![\dA-Za-z])/g;
/** The same in one, as forms often have it. */
const LANDLINE_IN_ONE = /(?<![\dA-Za-z])0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}(?![\dA-Za-z])/g;
/** Digits and signs as a Chinese keyboard writes them; each is one character, so that places stay. */
const WIDE = /[０-９Ｘｘ＋（）－—　]/g;
const NARROW: Readonly<Record<string, string>> = { '（': '(', '）': ')', '—': '-', '　': ' ' };

/** The text without the numbers. Codes of enterprises (GB 32100) stay, and numbers that are part of a longer one. */
export function maskNumbers(text: string): string {
  const narrow = text.replace(WIDE, (sign) => NARROW[sign] ?? String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  const found = [ID_NUMBER, MOBILE, LANDLINE, LANDLINE_IN_ONE]
    .flatMap((form) => [...narrow.matchAll(form)])
    .filter(([number]) => !isEnterprise(number))
    .sort((a, b) => a.index - b.index);
  let masked = '';
  let end = 0;
  for (const { 0: number, index } of found) {
    if (index < end) continue;
    masked += text.slice(end, index) + MASK;
    end = index + number.length;
  }
  return masked + text.slice(end);
}

/** Of 18 digits that may be either, what both checks allow is a person. */
function isEnterprise(number: string): boolean {
  return usccProblem(number) === undefined && idCheckCharacter(number) !== number[17];
}

/** GB 11643-1999, MOD 11-2. */
function idCheckCharacter(number: string): string {
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return '10X98765432'[sum % 11]!;
}

/** What somebody wrote, as this reader is shown it. */
export const shownText = (scope: Scope, text: string): string => (seesPersons(scope) ? text : maskNumbers(text));

export const holdsNumbers = (text: string): boolean => maskNumbers(text) !== text;
