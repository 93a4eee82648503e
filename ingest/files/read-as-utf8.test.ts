/** Files of events as other systems write them: their encoding, and what is stuck together. */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine, type Ran } from '../testing/command-line.ts';
import { line } from '../testing/event.ts';
import { readAsUtf8 } from './read-as-utf8.ts';

/** 财政局 in GB18030, whose encoder Node lacks. */
const GB = Buffer.from([0xb2, 0xc6, 0xd5, 0xfe, 0xbe, 0xd6]);
/** 镕 and a character of four bytes (𠮷), which GBK lacks. */
const GB_RARE = Buffer.from([0xe9, 0x46, 0x95, 0x32, 0x9a, 0x33]);

const gb18030 = (text: string): Buffer =>
  Buffer.concat(
    text.split(/(财政局|镕𠮷)/).map((part) => (part === '财政局' ? GB : part === '镕𠮷' ? GB_RARE : Buffer.from(part))),
  );
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const event = (id: string, account = '财政局') => line({ id, data: { account } });

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());
afterEach(() => cli.empty());
const counts = ({ stdout }: Ran) => JSON.parse(stdout);
describe('an encoding that is not UTF-8', () => {
  const text = `${event('a')}\r\n${event('b', '镕𠮷')}\r\n`;
  test.each([
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16', utf16be(`\ufeff${text}`)],
    ['GB18030', gb18030(text)],
    ['UTF-16', gzipSync(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['GB18030', gzipSync(gb18030(text))],
    // Copied together, each with its mark.
    [
      'UTF-16',
      Buffer.concat([Buffer.from(`\ufeff${event('a')}\n`, 'utf16le'), Buffer.from(`\ufeff${event('b')}\n`, 'utf16le')]),
    ],
  ])('%s is recognised, said and read', async (name, bytes) => {
    const path = cli.file('events.ndjson', bytes);
    for (const flags of [['--preview'], []]) {
      const ran = await cli.run('import', ...flags, path);
      expect(counts(ran)).toMatchObject({ read: 2, accepted: 2, rejected: 0 });
      expect(ran.stderr).toContain(`${path} is ${name}, not UTF-8; its events are stored as UTF-8.`);
    }
    const rows = await cli.warehouse.query<{ hit: number }>(
      `SELECT countIf(position(toString(tuple(*)), '财政局') > 0) AS hit FROM events`,
    );
    expect(rows[0]?.hit).toBeGreaterThan(0);
    // The same, converted by hand, is the same.
    expect(counts(await cli.run('import', cli.file('utf8.ndjson', `${event('a')}\n${event('b')}\n`)))).toMatchObject({
      duplicate: 2,
    });
  });

  test('lines of ASCII before do not hide it', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => event(`ascii-${index}`, 'x')).join('\n');
    const ran = await cli.run(
      'import',
      cli.file('late.ndjson', Buffer.concat([Buffer.from(`${many}\n`), gb18030(event('z'))])),
    );
    expect(counts(ran)).toMatchObject({ accepted: 3_001, rejected: 0 });
  });

  test.each([
    [
      'a damaged line among others',
      Buffer.concat([Buffer.from(`${event('a')}\n`), GB, Buffer.from(`\n${event('b')}\n`)]),
    ],
    [
      'bytes that are neither',
      Buffer.concat([Buffer.from(`${event('a', 'x')}\n{"\xff\xfe"}\n`, 'latin1'), Buffer.from(`${event('b')}\n`)]),
    ],
  ])('UTF-8 with %s stays UTF-8: that line is refused', async (_, bytes) => {
    const ran = await cli.run('import', cli.file('damaged.ndjson', bytes));
    expect(counts(ran)).toMatchObject({ read: 3, accepted: 2, rejected: 1 });
    expect(ran.stderr).not.toContain('not UTF-8');
  });
});

describe('files copied together', () => {
  test('a byte order mark at the start of any line is nothing; several gzip members are one file', async () => {
    const marked = (id: string) => Buffer.from(`\ufeff${event(id)}\n`);
    expect(
      counts(await cli.run('import', cli.file('a.ndjson', Buffer.concat([marked('a'), marked('b')])))),
    ).toMatchObject({ accepted: 2 });
    const members = Buffer.concat([gzipSync(marked('c')), gzipSync(marked('d'))]);
    expect(counts(await cli.run('import', cli.file('b.ndjson.gz', members)))).toMatchObject({
      accepted: 2,
      rejected: 0,
    });
  });
});

describe('files put together by cat, the first without a line feed at its end', () => {
  const bare = (...ids: string[]) => ids.map((id) => event(id)).join('\n');
  const seams: [string, Buffer][] = [
    ['plain', Buffer.from(bare('a', 'b') + bare('c') + bare('d', 'e'))],
    ['with a mark in the middle', Buffer.from(`\ufeff${bare('a', 'b')}\ufeff${bare('c')}\r\n\ufeff${bare('d', 'e')}`)],
    ['packed', Buffer.concat([bare('a', 'b'), `\ufeff${bare('c')}`, bare('d', 'e')].map((text) => gzipSync(text)))],
  ];
  test.each(seams)('%s: from a file and from standard input every event comes in', async (_, bytes) => {
    expect(counts(await cli.run('import', cli.file('seams.ndjson', bytes)))).toMatchObject({
      accepted: 5,
      rejected: 0,
    });
    cli.stdin = Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]);
    expect(counts(await cli.run('import', '-'))).toMatchObject({ duplicate: 5, rejected: 0 });
  });

  test('a seam that is none: within a text, or behind an event that breaks off', async () => {
    const text = [event('a', '}{"x'), event('b', '}\ufeff{')].join('\n');
    expect(counts(await cli.run('import', cli.file('texts.ndjson', text)))).toMatchObject({ accepted: 2, rejected: 0 });
    const broken = `${event('c').slice(0, -1)}${event('d')}\n${event('e')}\n`;
    expect(counts(await cli.run('import', cli.file('broken.ndjson', broken)))).toMatchObject({
      accepted: 1,
      rejected: 1,
    });
  });
});

test('wherever it is cut, UTF-8 passes as it is and UTF-16 is read', async () => {
  const read = async (bytes: Buffer, cuts: number[]) => {
    const chunks = async function* () {
      let at = 0;
      for (const cut of [...cuts.map((one) => 2 + (one % (bytes.length - 1))).sort((a, b) => a - b), bytes.length]) {
        if (cut > at) yield bytes.subarray(at, cut);
        at = Math.max(at, cut);
      }
    };
    const pieces: Buffer[] = [];
    const seen: string[] = [];
    for await (const piece of readAsUtf8(chunks(), chunks, (encoding) => seen.push(encoding)))
      pieces.push(Buffer.from(piece));
    return { text: Buffer.concat(pieces).toString(), seen };
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 5 }),
      fc.array(fc.nat({ max: 500 }), { maxLength: 5 }),
      async (lines, cuts) => {
        const text = `{"id":1}\n${lines.join('\n')}`;
        expect(await read(Buffer.from(text), cuts)).toEqual({ text, seen: [] });
        // The mark is read as one when its two bytes come together, as they do from a file.
        const marked = await read(Buffer.from(`\ufeff${text}`, 'utf16le'), cuts);
        expect(marked).toEqual({ text, seen: ['utf-16le'] });
      },
    ),
    { numRuns: 200 },
  );
});
