/** Small steps over the bytes of JSON text. Reading behind the end gives undefined, which compares as false. */
const QUOTE = 34;
const BACKSLASH = 92;

export const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;
export const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

export function skipSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isSpace(bytes[at]!)) at += 1;
  return at;
}

/** Index of the closing quote of a text without escapes and control characters, or −1. */
export function endOfText(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH || byte < 32) return -1;
  }
  return -1;
}

export function sameBytes(text: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const length = text.length;
  if (end - start !== length) return false;
  for (let at = 0; at < length; at += 1) if (text[at] !== bytes[start + at]) return false;
  return true;
}

/** Where the text in `bytes[start, end)` begins: behind the byte order mark that editors put before a line or a value. */
export function afterByteOrderMark(bytes: Uint8Array, start: number, end: number): number {
  const marked = end - start >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
  return marked ? start + 3 : start;
}
