/** What can be read only once: a shell pipe, `<(…)`, a FIFO. Telling a table from events takes a second look at it. */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CommandLine, commandLine } from '../testing/command-line.ts';
import { line } from '../testing/event.ts';
import { spoolInput } from './spool-input.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());
afterEach(() => cli.empty());

const spools = () => readdirSync(cli.dataDir).filter((name) => name.startsWith('spooled-'));
const TABLE_FILE = fileURLToPath(new URL('../tables/testing/office-files/02-xk-cumulative.xlsx', import.meta.url));

test('standard input: plain, gzip, cut anywhere; the origin says where it came from; no copy is left', async () => {
  const text = `\ufeff${line({ id: 'a' })}\n${line({ id: 'b' })}\n{"broken\n`;
  for (const [n, bytes] of [Buffer.from(text), gzipSync(text)].entries()) {
    cli.stdin = Readable.from([bytes.subarray(0, 1), bytes.subarray(1, 40), bytes.subarray(40)]);
    const { stdout, exitCode } = await cli.run('import', '-');
    const fresh = n === 0 ? 2 : 0;
    expect([exitCode, JSON.parse(stdout)]).toEqual([
      0,
      { read: 3, accepted: fresh, duplicate: 2 - fresh, rejected: 1 },
    ]);
  }
  expect((await cli.run('rejects')).stdout).toContain('standard input:3');
  expect(spools()).toEqual([]);
});

test('a FIFO beside a file is taken like a file', async () => {
  const fifo = join(cli.directory, 'pipe');
  execFileSync('mkfifo', [fifo]);
  const run = cli.run('import', fifo, cli.file('more.ndjson', line({ id: 'f' })));
  createWriteStream(fifo).end(`${line({ id: 'p1' })}\n${line({ id: 'p2' })}`);
  expect(JSON.parse((await run).stdout)).toEqual({ read: 3, accepted: 3, duplicate: 0, rejected: 0 });
  expect(spools()).toEqual([]);
});

test('a table, and what is none, are told on standard input too; messages name the input, not the copy', async () => {
  const workbook = readFileSync(TABLE_FILE);
  cli.stdin = Readable.from([workbook]);
  const preview = await cli.run('import', '--preview', '-');
  expect([preview.exitCode, preview.stdout]).toEqual([0, expect.stringContaining('standard input')]);
  cli.stdin = Readable.from([Buffer.from('%PDF-1.7\n')]);
  const { exitCode, stderr } = await cli.run('import', '-');
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^standard input is a PDF and nothing/)]);
  expect(spools()).toEqual([]);
});

test.each([
  ['a zip archive', Buffer.from('PK\u0003\u0004\u0014\0\0\0\b\0')],
  ['a page of the web', Buffer.from('<!DOCTYPE html>\n<html><body>Sign in</body></html>\n')],
])('%s ends in one sentence and exit code 2, not in a reject for each line', async (_, bytes) => {
  const { exitCode, stdout, stderr } = await cli.run('import', cli.file('events.ndjson', bytes));
  expect(exitCode).toBe(2);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain('events.ndjson');
  expect(stdout).not.toContain('"rejected":1');
  expect(await cli.warehouse.query('SELECT count() AS n FROM rejects')).toEqual([{ n: 0 }]);
});

test('twice the standard input, and one that breaks off, end in a sentence', async () => {
  expect(await cli.run('import', '-', '-')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('only once'),
  });
  const broken = new PassThrough();
  cli.stdin = broken;
  const run = cli.run('import', '-');
  broken.write(line({ id: 'half' }));
  setTimeout(() => broken.destroy(new Error('read ECONNRESET')), 50);
  expect(await run).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^standard input could not be .*ECONNRESET$/),
  });
  expect(await cli.warehouse.query('SELECT count() AS n FROM events')).toEqual([{ n: 0 }]);
  expect(spools()).toEqual([]);
});

test('others cannot read the copy; that of a process that was killed is removed', async () => {
  const gone = Number(execFileSync('sh', ['-c', 'echo $$']).toString());
  mkdirSync(join(cli.dataDir, `spooled-${gone}-abc`));
  const { path, release } = await spoolInput('-', cli.dataDir, Readable.from(['secret']));
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(spools()).toHaveLength(1);
  await release();
  expect(spools()).toEqual([]);
});
