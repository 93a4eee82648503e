/** Files put together by `cat`, the first without a line feed at its end: two events on one line, `}{` between them. */

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
/** Another file may begin with its byte order mark. */
const SEAMS = [Buffer.from('}{'), Buffer.from('}\uFEFF{')];
const MARK_BYTES = 3;

/** Whether there may be one in these bytes: a look of microseconds, since hardly any have. */
export const mayHoldSeam = (bytes: Buffer): boolean => SEAMS.some((seam) => bytes.includes(seam));

/**
 * Where the objects end that stand on one line without anything between them. A seam within a text or within an object is none:
 * what is not a row of whole objects stays one piece, and is refused as what it is.
 * @returns ends of the pieces, in order; the last is `end`
 */
export function seamEnds(bytes: Buffer, start: number, end: number): number[] {
  const ends: number[] = [];
  let depth = 0;
  let inText = false;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === OPEN || byte === OPEN_LIST) depth += 1;
    else if (byte === CLOSE || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth < 0) return [end];
      if (byte === CLOSE && depth === 0 && opensAt(bytes, at + 1, end)) ends.push(at + 1);
    }
  }
  // The last one may be damaged; those before it are whole.
  ends.push(end);
  return ends;
}

function opensAt(bytes: Buffer, at: number, end: number): boolean {
  if (at >= end) return false;
  if (bytes[at] === OPEN) return true;
  return (
    at + MARK_BYTES < end &&
    bytes[at] === 0xef &&
    bytes[at + 1] === 0xbb &&
    bytes[at + 2] === 0xbf &&
    bytes[at + 3] === OPEN
  );
}
