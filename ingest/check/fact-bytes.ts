/** Bytes of checked JSON as the facts write them. */
import { isSpace } from './json-bytes.ts';

const QUOTE = 34;
const POINT = 46;
const ZERO = 48;

/** Where a number in plain digits ends without zeros at the end of its fraction. */
export function plainEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== POINT) at += 1;
  if (at === end) return end;
  at = end;
  while (bytes[at - 1] === ZERO) at -= 1;
  return bytes[at - 1] === POINT ? at - 1 : at;
}

/** For what is mostly short a loop beats a call into native code. @returns the place behind it in `into` */
export function copyShort(bytes: Uint8Array, start: number, end: number, into: Uint8Array, place: number): number {
  let to = place;
  for (let at = start; at < end; at += 1) into[to++] = bytes[at]!;
  return to;
}

/** Copies a list without the blanks between its items. @returns the place behind it in `into` */
export function copyList(bytes: Uint8Array, start: number, end: number, into: Uint8Array, place: number): number {
  let to = place;
  let inText = false;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte === QUOTE) inText = !inText;
    if (inText || !isSpace(byte)) into[to++] = byte;
  }
  return to;
}
