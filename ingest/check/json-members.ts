/** Looking at JSON text that JSON.parse has accepted, for what parsing loses: exact ranges and repeated names. */

export interface Member {
  /** The name as written, with its quotes. */
  rawName: string;
  name: string;
  /** Range of the value in the text. */
  start: number;
  end: number;
}

const SPACE = /\s*/y;

/** End of the string literal that starts at `start` (a quote). */
export function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** The members of the object that `text` is; its JSON must be valid. */
export function membersOf(text: string): Member[] {
  const members: Member[] = [];
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text[at] !== '}') {
    const nameEnd = endOfString(text, at);
    const rawName = text.slice(at, nameEnd);
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = endOfValue(text, start);
    members.push({ rawName, name: JSON.parse(rawName), start, end });
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return members;
}

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function endOfValue(text: string, start: number): number {
  const first = text[start]!;
  if (first === '"') return endOfString(text, start);
  if (first !== '{' && first !== '[') {
    let at = start;
    while (at < text.length && !',}] \t\r\n'.includes(text[at]!)) at += 1;
    return at;
  }
  let depth = 0;
  for (let at = start; ; at += 1) {
    const character = text[at]!;
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
}

/** Deepest nesting, and the number of members written in all objects; works on any text and stops at its end. */
export function measure(text: string): { depth: number; members: number } {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at += 1;
      while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
    } else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 125 || code === 93) depth -= 1;
    else if (code === 58) members += 1;
  }
  return { depth: deepest, members };
}

/** Members of all objects of a parsed value: fewer than were written where a name was repeated. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countMembers(item);
    return count;
  }
  for (const name in value) {
    count += 1;
    const member = (value as Record<string, unknown>)[name];
    if (typeof member === 'object') count += countMembers(member);
  }
  return count;
}

/** The first fault of a text in a parsed value, names included. */
export function textFault(value: unknown): 'nul_character' | 'lone_surrogate' | undefined {
  if (typeof value === 'string') {
    if (value.includes('\0')) return 'nul_character';
    return value.isWellFormed() ? undefined : 'lone_surrogate';
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const fault = textFault(name) ?? textFault(member);
    if (fault) return fault;
  }
  return undefined;
}
