/** The members of an envelope that the fast path knows, by number: the bit in the set of members seen. */
import { sameBytes } from './json-bytes.ts';
import { KnownText } from './known-text.ts';

export const SPECVERSION = 0;
export const ID = 1;
export const SOURCE = 2;
export const TYPE = 3;
export const TIME = 4;
export const DEPARTMENT = 5;
export const DATA = 6;
export const REGION = 7;
export const SUBJECT = 8;
export const REQUIRED = 0b1111111;

const TEXTS = ['specversion', 'id', 'source', 'type', 'time', 'department', 'data', 'region', 'subject'];
const NAMES = TEXTS.map((text) => Buffer.from(text, 'latin1'));

/** Name, colon and the quote of the value, as nearly everybody writes them. */
export const TIGHT: readonly KnownText[] = TEXTS.map(
  (name, member) => new KnownText(Buffer.from(`"${name}":${member === DATA ? '' : '"'}`, 'latin1')),
);

/** Which member may begin at `start`, by two letters; −1: none. */
export function memberBeginning(bytes: Uint8Array, start: number): number {
  const second = bytes[start + 1];
  switch (bytes[start]) {
    case 115: // s
      return second === 111 ? SOURCE : second === 117 ? SUBJECT : SPECVERSION;
    case 116: // t
      return second === 121 ? TYPE : TIME;
    case 100: // d
      return second === 97 ? DATA : DEPARTMENT;
    case 105: // i
      return ID;
    case 114: // r
      return REGION;
    default:
      return -1;
  }
}

/** Which member has the name in `[start, end)`; −1: another. */
export function memberAt(bytes: Uint8Array, start: number, end: number): number {
  const member = memberBeginning(bytes, start);
  return member >= 0 && sameBytes(NAMES[member]!, bytes, start, end) ? member : -1;
}
