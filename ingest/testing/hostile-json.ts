/** JSON text of events as nobody should write it and somebody does: the same values, and things beside them that nobody reads. */
import fc from 'fast-check';

/** Stands for itself in the text: what JSON.stringify cannot write. */
export interface Verbatim {
  verbatim: string;
}

const verbatim = (text: string): Verbatim => ({ verbatim: text });

/** Values that engines, languages and libraries read differently, or not at all. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    ...[
      '20250408153012000012345',
      '-20250408153012000012345',
      '18446744073709551616',
      '9223372036854775808',
      '1e400',
      '-1E+999',
      '1e-400',
      '0.1e1',
      '-0',
      '-0.0e-0',
      `0.${'3'.repeat(60)}`,
      '9'.repeat(400),
      `${'['.repeat(40)}${']'.repeat(40)}`,
      `${'{"a":'.repeat(40)}1e999${'}'.repeat(40)}`,
      '{"push_id":"other","rows":[{"uscc":1e400}]}',
      '"\\ud83d\\ude00\\u2028\\u0001\\/\\b"',
      '""',
      'null',
    ].map(verbatim),
  ),
  fc.jsonValue({ maxDepth: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => !text.includes('\0')),
);

const hostileName = fc.oneof(
  fc.constantFrom(
    'serial',
    'PUSH_ID',
    'push_id ',
    'Doc_no',
    '__proto__',
    'constructor',
    '',
    '数据',
    '"',
    '\\',
    'a.b',
    '0',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0')),
);

const isVerbatim = (value: unknown): value is Verbatim =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'verbatim';

type Choose = (most: number) => number;
/** No line ends: an event is a line. */
const BLANKS = ['\t \t', '  ', ' ', '', '', ''];

/** @param choose a whole number from 0 to `most`; the greatest is the plain way */
function textOf(value: unknown, choose: Choose): string {
  const blank = () => BLANKS[choose(BLANKS.length - 1)]!;
  if (isVerbatim(value)) return value.verbatim;
  if (typeof value === 'string') return stringOf(value, choose);
  if (typeof value === 'number') return numberOf(value, choose);
  if (Array.isArray(value))
    return `[${blank()}${value.map((item) => textOf(item, choose)).join(`${blank()},${blank()}`)}${blank()}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => `${stringOf(name, choose)}${blank()}:${blank()}${textOf(member, choose)}`,
    );
    return `{${blank()}${members.join(`${blank()},${blank()}`)}${blank()}}`;
  }
  return JSON.stringify(value);
}

function stringOf(text: string, choose: Choose): string {
  if (choose(3) > 0) return JSON.stringify(text);
  const escaped = (character: string) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  const plain = (character: string) => character >= ' ' && character !== '"' && character !== '\\';
  return `"${[...text].map((one) => (choose(2) > 0 && plain(one) ? one : escaped(one))).join('')}"`;
}

function numberOf(value: number, choose: Choose): string {
  const text = JSON.stringify(value);
  const ways = [value.toExponential(), Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text, text, text];
  return ways[choose(ways.length - 1)]!;
}

/**
 * Writes an event with foreign members before, between and behind those of its `data`.
 *
 * @param event as eventOf() makes it
 */
export function written(event: Record<string, unknown>): fc.Arbitrary<string> {
  return fc
    .record({
      others: fc.array(fc.tuple(hostileName, hostile, fc.nat({ max: 20 })), { maxLength: 4 }),
      dice: fc.array(fc.nat({ max: 1_000_003 }), { minLength: 40, maxLength: 40 }),
      tidy: fc.boolean(),
      turned: fc.boolean(),
    })
    .map(({ others, dice, tidy, turned }) => {
      let thrown = 0;
      const choose: Choose = (most) => (tidy ? most : dice[thrown++ % dice.length]! % (most + 1));
      const members = Object.entries(event.data as object);
      const names = new Set(members.map(([name]) => name));
      for (const [name, value, place] of others) {
        if (names.has(name)) continue;
        names.add(name);
        members.splice(Math.min(place, members.length), 0, [name, value]);
      }
      if (turned) members.reverse();
      const data = `{${members.map(([name, value]) => `${stringOf(name, choose)}:${textOf(value, choose)}`).join(',')}}`;
      const envelope = Object.entries(event).filter(([name]) => name !== 'data');
      const outer = envelope.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
      return `{${[...outer, `"data":${data}`].join(',')}}`;
    });
}
