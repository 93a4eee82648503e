/**
 * Of a whole body or value, before it is parsed: a parser makes an object a level, a thousand times the bytes that a level takes. An
 * event that is nested deeper than MAX_DEPTH is refused by itself.
 */
export const MAX_NESTING = 1_000;

/** Whether JSON is nested deeper than that; what is no JSON may be told either. */
export function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === 34) {
      for (at += 1; at < bytes.length && bytes[at] !== 34; at += 1) if (bytes[at] === 92) at += 1;
    } else if (byte === 123 || byte === 91) {
      depth += 1;
      if (depth > MAX_NESTING) return true;
    } else if (byte === 125 || byte === 93) depth -= 1;
  }
  return false;
}
