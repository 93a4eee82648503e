/** `import` as a user meets it: the command on real files and a real engine. */
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine, type Ran } from '../testing/command-line.ts';
import { line } from '../testing/event.ts';

const SAMPLE = fileURLToPath(new URL('../../samples/nantong-sample.ndjson.gz', import.meta.url));

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());
afterEach(() => cli.empty());

/** MiB of one line: in the fast tier more than is ever kept of one, or held of a body. */
const HUGE_MIB = propertyRuns(200);

const counts = ({ stdout }: Ran) => JSON.parse(stdout);
const storedIds = async () =>
  (await cli.warehouse.query<{ id: string }>('SELECT id FROM events ORDER BY origin_pos')).map(({ id }) => id);
const rejected = () =>
  cli.warehouse.query<{ reason: string; origin_pos: number; size: number; kept: number; detail: string }>(
    'SELECT reason, origin_pos, size, length(bytes) AS kept, detail FROM rejects ORDER BY origin_pos',
  );

describe('the sample', () => {
  test('comes in once, and only once, and is stored as it was sent', async () => {
    expect(counts(await cli.run('import', SAMPLE))).toEqual({
      read: 48_903,
      accepted: 48_430,
      duplicate: 473,
      rejected: 0,
    });
    expect(counts(await cli.run('import', SAMPLE))).toEqual({
      read: 48_903,
      accepted: 0,
      duplicate: 48_903,
      rejected: 0,
    });
    expect(await cli.warehouse.query('SELECT count() AS n, uniqExact(source, id) AS u FROM events')).toEqual([
      { n: 48_430, u: 48_430 },
    ]);
    expect(await cli.warehouse.query('SELECT count() AS n FROM duplicates')).toEqual([{ n: 473 + 48_903 }]);
    const sent = new Map(
      gunzipSync(readFileSync(SAMPLE))
        .toString()
        .trim()
        .split('\n')
        .map((text) => [JSON.parse(text).id, text] as const),
    );
    const rows = await cli.warehouse.query<Record<string, string>>(
      `SELECT id, source, type, department, region, subject, data, toString(toUnixTimestamp64Micro(time)) AS micros FROM events`,
    );
    for (const { id, source, type, department, region, subject, data, micros } of rows) {
      const event = JSON.parse(sent.get(id!)!);
      expect({ source, type, department, region, subject, micros }).toEqual({
        source: event.source,
        type: event.type,
        department: event.department,
        region: event.region ?? '',
        subject: event.subject ?? '',
        micros: String(Date.parse(event.time) * 1000),
      });
      expect(sent.get(id!)).toContain(`"data":${data}`);
    }
  });
});

describe('wrong input', () => {
  test('an empty file, and one of blank lines, are nothing', async () => {
    expect(
      counts(await cli.run('import', cli.file('empty.ndjson', ''), cli.file('blank.ndjson', '\n \r\n\t\n'))),
    ).toEqual({
      read: 0,
      accepted: 0,
      duplicate: 0,
      rejected: 0,
    });
  });

  test('byte order mark, CRLF, blank lines, no line feed at the end', async () => {
    const path = cli.file(
      'windows.ndjson',
      `\ufeff${line({ id: 'a' })}\r\n\r\n${line({ id: 'b' })}\r\n${line({ id: 'c' })}`,
    );
    expect(counts(await cli.run('import', path))).toEqual({ read: 3, accepted: 3, duplicate: 0, rejected: 0 });
    expect(await storedIds()).toEqual(['a', 'b', 'c']);
  });

  test('each bad line is a reject with its line; the good ones between are stored', async () => {
    const bad: [string | Buffer, string][] = [
      ['{"broken', 'json_syntax'],
      [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'utf8'],
      [Buffer.from(line({ id: 'x' }).replace('scjg1', 'a\0b')), 'json_syntax'],
      [line({ data: { account: 'a\0b' } }), 'nul_character'],
      [line().replace('scjg1', '\\ud83d'), 'lone_surrogate'],
      [`{"a":${'['.repeat(100_000)}`, 'too_deep'],
      [`${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'too_deep'],
      ['[1,2]', 'not_an_object'],
      ['42', 'not_an_object'],
      [line({ id: 42 }), 'wrong_type'],
      [line({ data: 'text' }), 'wrong_type'],
      [line({ type: 'nothing.known' }), 'unknown_type'],
    ];
    const lines = bad.flatMap(([text], index) => [Buffer.from(text), Buffer.from(line({ id: `good-${index}` }))]);
    const path = cli.file('bad.ndjson', Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\n')])));
    expect(counts(await cli.run('import', path))).toEqual({ read: 24, accepted: 12, duplicate: 0, rejected: 12 });
    expect((await rejected()).map(({ reason, origin_pos }) => [reason, origin_pos])).toEqual(
      bad.map(([, reason], index) => [reason, index * 2 + 1]),
    );
    expect(await storedIds()).toEqual(bad.map((_, index) => `good-${index}`));
    const kept = await cli.warehouse.query<{ base64: string }>(
      'SELECT base64Encode(bytes) AS base64 FROM rejects ORDER BY origin_pos',
    );
    expect(kept.map(({ base64 }) => Buffer.from(base64, 'base64'))).toEqual(bad.map(([text]) => Buffer.from(text)));
  });

  test(`a line of ${HUGE_MIB} MiB: refused with its first MiB, its size and hash; its neighbours are stored`, async () => {
    const path = join(cli.directory, 'huge.ndjson');
    const stream = createWriteStream(path);
    stream.write(`${line({ id: 'before' })}\n`);
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    for (let written = 0; written < HUGE_MIB; written += 1)
      if (!stream.write(megabyte)) await new Promise((resume) => stream.once('drain', resume));
    stream.end(`\n${line({ id: 'after' })}\n`);
    await finished(stream);
    expect(counts(await cli.run('import', path))).toEqual({ read: 3, accepted: 2, duplicate: 0, rejected: 1 });
    expect(await rejected()).toEqual([
      {
        reason: 'too_large',
        origin_pos: 2,
        size: HUGE_MIB * 1024 * 1024,
        kept: 1024 * 1024,
        detail: expect.stringMatching(/sha256 [0-9a-f]{64}/),
      },
    ]);
    expect(await storedIds()).toEqual(['before', 'after']);
  });

  test('a missing file and a directory: said, exit code 2, the other files are read', async () => {
    const good = cli.file('good.ndjson', line({ id: 'good' }));
    const ran = await cli.run('import', join(cli.directory, 'missing.ndjson'), cli.directory, good);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toMatch(/missing\.ndjson does not exist/);
    expect(ran.stderr).toMatch(/is a directory/);
    expect(counts(ran)).toEqual({ read: 1, accepted: 1, duplicate: 0, rejected: 0 });
  });

  test('gzip is told by its bytes, not by its name; several members are one file', async () => {
    const packed = Buffer.concat([gzipSync(`${line({ id: 'one' })}\n`), gzipSync(line({ id: 'two' }))]);
    expect(counts(await cli.run('import', cli.file('plain-name.ndjson', packed)))).toMatchObject({ accepted: 2 });
  });

  test.each([
    [
      'cut off',
      (packed: Buffer) => packed.subarray(0, Math.floor(packed.length * 0.6)),
      /cut off in the middle of line \d+/,
    ],
    [
      'damaged',
      (packed: Buffer) => Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)]),
      /damaged \(incorrect data check\) in the middle of line 20000/,
    ],
  ])('gzip that is %s: the good lines before are stored and it is said', async (_, spoil, message) => {
    const lines = Array.from({ length: 20_000 }, (_, index) => line({ id: `z-${index}` }));
    const ran = await cli.run('import', cli.file('spoiled.ndjson.gz', spoil(gzipSync(lines.join('\n')))));
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).toMatch(/the lines before are imported/);
    const { read, accepted } = counts(ran);
    expect(accepted).toBeGreaterThan(1_000);
    const ids = await storedIds();
    expect(ids).toEqual(Array.from({ length: accepted }, (_, index) => `z-${index}`));
    expect(read).toBeGreaterThanOrEqual(accepted);
  });

  test('the same id from another source is another event; over any distance the same one is not', async () => {
    const path = cli.file(
      'keys.ndjson',
      [line({ id: 'k', source: 'urn:a' }), line({ id: 'k', source: 'urn:b' }), line({ id: 'k', source: 'urn:a' })].join(
        '\n',
      ),
    );
    expect(counts(await cli.run('import', path))).toEqual({ read: 3, accepted: 2, duplicate: 1, rejected: 0 });
    expect(counts(await cli.run('import', path))).toEqual({ read: 3, accepted: 0, duplicate: 3, rejected: 0 });
  });
});
