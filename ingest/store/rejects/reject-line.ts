/** A refused event as one line of NDJSON for editing. */

/** Extension attribute that says which reject a line corrects; it stays with the event as its provenance. */
export const REJECT_ATTRIBUTE = 'rejectid';

/**
 * Line breaks can only stand between the members of JSON, so they become spaces. If the bytes are a JSON object the line
 * names its reject, so that the correction is recognised whatever else is changed.
 */
export function rejectLine(bytes: Buffer, rejectId: string): Buffer {
  const line = Buffer.from(bytes.map((byte) => (byte === 10 || byte === 13 ? 32 : byte)));
  const open = line.indexOf('{');
  if (open < 0 || !isObject(line)) return line;
  const rest = line.subarray(open + 1);
  const comma = /^\s*\}/.test(rest.toString('latin1')) ? '' : ',';
  return Buffer.concat([line.subarray(0, open + 1), Buffer.from(`"${REJECT_ATTRIBUTE}":"${rejectId}"${comma}`), rest]);
}

/** @returns the id of the reject that the line corrects, if it says so */
export function rejectNamed(line: Buffer): string | undefined {
  return new RegExp(`"${REJECT_ATTRIBUTE}"\\s*:\\s*"([0-9a-f-]{36})"`).exec(line.toString('utf8'))?.[1];
}

function isObject(line: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return (
      typeof value === 'object' && value !== null && !Array.isArray(value) && !Object.hasOwn(value, REJECT_ATTRIBUTE)
    );
  } catch {
    return false;
  }
}
