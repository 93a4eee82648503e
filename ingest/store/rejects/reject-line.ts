/** A refused event as one line of NDJSON for editing. */

/** Extension attribute that says which reject a line corrects; it stays with the event as its provenance. */
export const REJECT_ATTRIBUTE = 'rejectid';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isRejectId = (text: string): boolean => UUID.test(text);

/**
 * Line breaks can only stand between the members of JSON, so they become spaces. Where an object begins the line names its
 * reject, so that the correction is recognised whatever else is changed. Whatever reject its sender named is left out: a
 * correction has the rights of whoever sent the reject that it names.
 */
export function rejectLine(bytes: Buffer, rejectId: string): Buffer {
  const line = Buffer.from(bytes.map((byte) => (byte === 10 || byte === 13 ? 32 : byte)));
  const open = line.indexOf('{');
  if (open < 0) return line;
  const before = line.subarray(0, open + 1);
  const mark = Buffer.from(`"${REJECT_ATTRIBUTE}":"${rejectId}"`);
  const rest = line.subarray(open + 1);
  const value = parsed(line);
  // Not JSON so far: it may become an event once it is corrected, and then it is to be known whose.
  if (value === undefined) return Buffer.concat([before, mark, Buffer.from(','), rest]);
  if (!isObject(value)) return line;
  if (!Object.hasOwn(value, REJECT_ATTRIBUTE))
    return Buffer.concat([before, mark, Buffer.from(Object.keys(value).length > 0 ? ',' : ''), rest]);
  const { members, close } = membersOf(line, open);
  const kept = members.filter((member) => nameOf(member) !== REJECT_ATTRIBUTE);
  return Buffer.concat([before, mark, ...kept.flatMap((member) => [Buffer.from(','), member]), line.subarray(close)]);
}

/** @returns the id of the reject that the line says it corrects: it may be that of none */
export function rejectNamed(line: Buffer): string | undefined {
  const text = line.toString('utf8');
  const value = parsed(line);
  // Of what is no JSON (any more), the first: it was put at its beginning.
  const named =
    value === undefined
      ? new RegExp(`"${REJECT_ATTRIBUTE}"\\s*:\\s*"([^"]*)"`).exec(text)?.[1]
      : isObject(value) && Object.hasOwn(value, REJECT_ATTRIBUTE)
        ? value[REJECT_ATTRIBUTE]
        : undefined;
  return typeof named === 'string' && isRejectId(named) ? named.toLowerCase() : undefined;
}

/** @returns undefined where it is no JSON */
function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const [QUOTE, BACKSLASH, COMMA] = Buffer.from('"\\,');

/** The members of a JSON object as they are written, and where it ends. @param open where it begins */
function membersOf(line: Buffer, open: number): { members: Buffer[]; close: number } {
  const members: Buffer[] = [];
  let start = open + 1;
  let depth = 0;
  for (let at = start; at < line.length; at += 1) {
    const byte = line[at]!;
    if (byte === QUOTE) at = endOfText(line, at);
    else if (isOneOf('[{', byte)) depth += 1;
    else if (depth > 0 && isOneOf(']}', byte)) depth -= 1;
    else if (depth === 0 && (byte === COMMA || isOneOf('}', byte))) {
      members.push(line.subarray(start, at));
      start = at + 1;
      if (byte !== COMMA) return { members, close: at };
    }
  }
  return { members, close: line.length };
}

const isOneOf = (characters: string, byte: number): boolean => characters.includes(String.fromCharCode(byte));

/** Where the quote stands that ends the text which begins at another. */
function endOfText(line: Buffer, quote: number): number {
  let at = quote + 1;
  while (at < line.length && line[at] !== QUOTE) at += line[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** Escapes in it read. */
function nameOf(member: Buffer): unknown {
  const quote = member.indexOf('"');
  return JSON.parse(member.toString('utf8', quote, endOfText(member, quote) + 1));
}
