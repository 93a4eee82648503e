/** `import` as a user meets it: the command on real files and a real engine. */
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { registerIngestCommands } from '../commands/register-ingest-commands.ts';
import { line } from '../testing/event.ts';

const SAMPLE = fileURLToPath(new URL('../../samples/nantong-sample.ndjson.gz', import.meta.url));

let temporary: TemporaryWarehouse;
let directory: string;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  directory = mkdtempSync(join(tmpdir(), 'hengjian-import-'));
});
afterAll(async () => {
  await temporary.close();
  rmSync(directory, { recursive: true, force: true });
});
afterEach(async () => {
  for (const table of ['events', 'rejects', 'duplicates', 'reject_replays'])
    await temporary.warehouse.command(`TRUNCATE TABLE ${table}`);
});

interface Ran {
  stdout: string;
  stderr: string;
  exitCode: number;
}

async function run(...args: string[]): Promise<Ran> {
  const said = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') =>
    ({
      write: (text: string | Buffer) => {
        said[name] += text.toString();
        return true;
      },
    }) as unknown as NodeJS.WritableStream;
  const context = {
    environment: { dataDir: temporary.dataDir, kafkaBrokers: [] },
    warehouse: async () => temporary.warehouse,
    stdout: into('stdout'),
    stderr: into('stderr'),
  } as unknown as CommandContext;
  const program = new Command().exitOverride();
  registerIngestCommands(program, context);
  try {
    await program.parseAsync(args, { from: 'user' });
    return { ...said, exitCode: 0 };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { ...said, stderr: said.stderr + error.message, exitCode: error.exitCode };
  }
}

function file(name: string, content: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const counts = ({ stdout }: Ran) => JSON.parse(stdout);
const storedIds = async () =>
  (await temporary.warehouse.query<{ id: string }>('SELECT id FROM events ORDER BY origin_pos')).map(({ id }) => id);
const rejected = () =>
  temporary.warehouse.query<{ reason: string; origin_pos: number; size: number; kept: number; detail: string }>(
    'SELECT reason, origin_pos, size, length(bytes) AS kept, detail FROM rejects ORDER BY origin_pos',
  );

describe('the sample', () => {
  test('comes in once, and only once', async () => {
    expect(counts(await run('import', SAMPLE))).toEqual({
      read: 48_903,
      accepted: 48_430,
      duplicate: 473,
      rejected: 0,
    });
    expect(counts(await run('import', SAMPLE))).toEqual({ read: 48_903, accepted: 0, duplicate: 48_903, rejected: 0 });
    expect(await temporary.warehouse.query('SELECT count() AS n, uniqExact(source, id) AS u FROM events')).toEqual([
      { n: 48_430, u: 48_430 },
    ]);
    expect(await temporary.warehouse.query('SELECT count() AS n FROM duplicates')).toEqual([{ n: 473 + 48_903 }]);
  });

  test('is stored as it was sent', async () => {
    await run('import', SAMPLE);
    const sent = new Map(
      gunzipSync(readFileSync(SAMPLE))
        .toString()
        .trim()
        .split('\n')
        .map((text) => [JSON.parse(text).id, text] as const),
    );
    const rows = await temporary.warehouse.query<Record<string, string>>(
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
    expect(counts(await run('import', file('empty.ndjson', ''), file('blank.ndjson', '\n \r\n\t\n')))).toEqual({
      read: 0,
      accepted: 0,
      duplicate: 0,
      rejected: 0,
    });
  });

  test('byte order mark, CRLF, blank lines, no line feed at the end', async () => {
    const path = file(
      'windows.ndjson',
      `\ufeff${line({ id: 'a' })}\r\n\r\n${line({ id: 'b' })}\r\n${line({ id: 'c' })}`,
    );
    expect(counts(await run('import', path))).toEqual({ read: 3, accepted: 3, duplicate: 0, rejected: 0 });
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
    const path = file('bad.ndjson', Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\n')])));
    expect(counts(await run('import', path))).toEqual({ read: 24, accepted: 12, duplicate: 0, rejected: 12 });
    expect((await rejected()).map(({ reason, origin_pos }) => [reason, origin_pos])).toEqual(
      bad.map(([, reason], index) => [reason, index * 2 + 1]),
    );
    expect(await storedIds()).toEqual(bad.map((_, index) => `good-${index}`));
    const kept = await temporary.warehouse.query<{ base64: string }>(
      'SELECT base64Encode(bytes) AS base64 FROM rejects ORDER BY origin_pos',
    );
    expect(kept.map(({ base64 }) => Buffer.from(base64, 'base64'))).toEqual(bad.map(([text]) => Buffer.from(text)));
  });

  test('a line of 200 MB: refused with its first MiB, its size and hash; its neighbours are stored', async () => {
    const path = join(directory, 'huge.ndjson');
    const stream = createWriteStream(path);
    stream.write(`${line({ id: 'before' })}\n`);
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    for (let written = 0; written < 200; written += 1)
      if (!stream.write(megabyte)) await new Promise((resume) => stream.once('drain', resume));
    stream.end(`\n${line({ id: 'after' })}\n`);
    await finished(stream);
    expect(counts(await run('import', path))).toEqual({ read: 3, accepted: 2, duplicate: 0, rejected: 1 });
    expect(await rejected()).toEqual([
      {
        reason: 'too_large',
        origin_pos: 2,
        size: 200 * 1024 * 1024,
        kept: 1024 * 1024,
        detail: expect.stringMatching(/sha256 [0-9a-f]{64}/),
      },
    ]);
    expect(await storedIds()).toEqual(['before', 'after']);
  });

  test('a missing file and a directory: said, exit code 2, the other files are read', async () => {
    const good = file('good.ndjson', line({ id: 'good' }));
    const ran = await run('import', join(directory, 'missing.ndjson'), directory, good);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toMatch(/missing\.ndjson does not exist/);
    expect(ran.stderr).toMatch(/is a directory/);
    expect(counts(ran)).toEqual({ read: 1, accepted: 1, duplicate: 0, rejected: 0 });
  });

  test('gzip is told by its bytes, not by its name; several members are one file', async () => {
    const packed = Buffer.concat([gzipSync(`${line({ id: 'one' })}\n`), gzipSync(line({ id: 'two' }))]);
    expect(counts(await run('import', file('plain-name.ndjson', packed)))).toMatchObject({ accepted: 2 });
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
    const ran = await run('import', file('spoiled.ndjson.gz', spoil(gzipSync(lines.join('\n')))));
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
    const path = file(
      'keys.ndjson',
      [line({ id: 'k', source: 'urn:a' }), line({ id: 'k', source: 'urn:b' }), line({ id: 'k', source: 'urn:a' })].join(
        '\n',
      ),
    );
    expect(counts(await run('import', path))).toEqual({ read: 3, accepted: 2, duplicate: 1, rejected: 0 });
    expect(counts(await run('import', path))).toEqual({ read: 3, accepted: 0, duplicate: 3, rejected: 0 });
  });
});

describe('rejects', () => {
  const later = () => line({ id: 'fixed', department: 'a b' });

  test('list, show, export, correct, replay: what is right leaves the list, what is not stays', async () => {
    await run('import', file('mixed.ndjson', [later(), line({ id: 'still', time: 'x' }), '{"broken'].join('\n')));
    const listed = JSON.parse((await run('rejects', '--json')).stdout);
    expect(listed).toHaveLength(3);
    expect(listed[0]).toMatchObject({
      reason: 'department_form',
      id: 'fixed',
      origin: `${join(directory, 'mixed.ndjson')}:1`,
      bytes: expect.stringContaining('"a b"'),
    });
    expect((await run('rejects')).stdout).toMatch(/3 open: /);
    expect(JSON.parse((await run('rejects', '--json', '--reason', 'time_form')).stdout)).toHaveLength(1);
    expect((await run('rejects', 'show', listed[0].reject_id)).stdout).toContain(listed[0].bytes);
    expect(await run('rejects', 'show', 'nothing')).toMatchObject({ exitCode: 1 });

    const exported = join(directory, 'to-correct.ndjson');
    expect(JSON.parse((await run('rejects', 'export', exported)).stdout)).toMatchObject({ exported: 3 });
    expect(await run('rejects', 'export', exported)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/exists already/),
    });
    writeFileSync(exported, readFileSync(exported, 'utf8').replace('a b', 'scjg'));
    expect(JSON.parse((await run('rejects', 'replay', exported)).stdout)).toMatchObject({
      accepted: 1,
      closed: 1,
      still_wrong: 2,
    });
    expect(
      await temporary.warehouse.query("SELECT department, origin_kind, origin FROM events WHERE id = 'fixed'"),
    ).toEqual([{ department: 'scjg', origin_kind: 'replay', origin: exported }]);
    expect(JSON.parse((await run('rejects', '--json')).stdout).map(({ id }: { id: string }) => id)).toEqual([
      'still',
      '',
    ]);
    // Once more: what was replayed is a duplicate, nothing is closed twice.
    expect(JSON.parse((await run('rejects', 'replay', exported)).stdout)).toMatchObject({ accepted: 0, duplicate: 1 });
  });

  test('the same wrong file again makes no second reject', async () => {
    const path = file('again.ndjson', later());
    await run('import', path);
    await run('import', path);
    expect(JSON.parse((await run('rejects', '--json')).stdout)).toHaveLength(1);
  });

  test('a corrected line without the mark of its reject is known by source and id', async () => {
    await run('import', file('unmarked.ndjson', later()));
    const corrected = file('corrected.ndjson', line({ id: 'fixed' }));
    expect(JSON.parse((await run('rejects', 'replay', corrected)).stdout)).toMatchObject({ accepted: 1, closed: 1 });
    expect((await run('rejects')).stdout).toBe('Nothing is refused.\n');
  });

  test('original bytes go through when their reason has passed', async () => {
    const ahead = new Date(Date.now() + 86_400_000 + 800).toISOString();
    await run('import', file('ahead.ndjson', line({ id: 'ahead', time: ahead })));
    expect(JSON.parse((await run('rejects', '--json')).stdout)).toMatchObject([{ reason: 'time_in_future' }]);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(JSON.parse((await run('rejects', 'replay', '--all')).stdout)).toMatchObject({
      accepted: 1,
      closed: 1,
      still_wrong: 0,
    });
  });

  test('a refused event whose JSON runs over several lines is exported as one', async () => {
    const pretty = JSON.stringify(JSON.parse(later()), null, 2);
    await temporary.warehouse.command(
      "INSERT INTO rejects (recorded_at, reject_id, reason, source, id, bytes, size, origin_kind) VALUES (now64(6), generateUUIDv4(), 'department_form', 's', 'fixed', {bytes:String}, {size:UInt64}, 'http')",
      { bytes: pretty, size: Buffer.byteLength(pretty) },
    );
    const exported = join(directory, 'pretty.ndjson');
    await run('rejects', 'export', exported);
    const lines = readFileSync(exported, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ id: 'fixed', rejectid: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  test('replay says what it lacks', async () => {
    expect(await run('rejects', 'replay')).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/--all/) });
    expect(await run('rejects', 'replay', join(directory, 'no-such-file'))).toMatchObject({ exitCode: 2 });
  });
});
