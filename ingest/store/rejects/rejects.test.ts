/** Refused events on their way out: listed, corrected, sent through again, closed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CommandLine, commandLine } from '../../testing/command-line.ts';
import { line } from '../../testing/event.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());
afterEach(() => cli.empty());

const later = () => line({ id: 'fixed', department: 'a b' });

test('list, show, export, correct, replay: what is right leaves the list, what is not stays', async () => {
  await cli.run('import', cli.file('mixed.ndjson', [later(), line({ id: 'still', time: 'x' }), '{"broken'].join('\n')));
  const listed = JSON.parse((await cli.run('rejects', '--json')).stdout);
  expect(listed).toHaveLength(3);
  expect(listed[0]).toMatchObject({
    reason: 'department_form',
    id: 'fixed',
    origin: `${join(cli.directory, 'mixed.ndjson')}:1`,
    bytes: expect.stringContaining('"a b"'),
  });
  expect((await cli.run('rejects')).stdout).toMatch(/3 open: /);
  expect(JSON.parse((await cli.run('rejects', '--json', '--reason', 'time_form')).stdout)).toHaveLength(1);
  expect((await cli.run('rejects', 'show', listed[0].reject_id)).stdout).toContain(listed[0].bytes);
  expect(await cli.run('rejects', 'show', 'nothing')).toMatchObject({ exitCode: 1 });

  const exported = join(cli.directory, 'to-correct.ndjson');
  expect(JSON.parse((await cli.run('rejects', 'export', exported)).stdout)).toMatchObject({ exported: 3 });
  expect(await cli.run('rejects', 'export', exported)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/exists already/),
  });
  writeFileSync(exported, readFileSync(exported, 'utf8').replace('a b', 'scjg'));
  expect(JSON.parse((await cli.run('rejects', 'replay', exported)).stdout)).toMatchObject({
    accepted: 1,
    closed: 1,
    still_wrong: 2,
  });
  expect(await cli.warehouse.query("SELECT department, origin_kind, origin FROM events WHERE id = 'fixed'")).toEqual([
    { department: 'scjg', origin_kind: 'replay', origin: exported },
  ]);
  expect(JSON.parse((await cli.run('rejects', '--json')).stdout).map(({ id }: { id: string }) => id)).toEqual([
    'still',
    '',
  ]);
  // Once more: what was replayed is a duplicate, nothing is closed twice.
  expect(JSON.parse((await cli.run('rejects', 'replay', exported)).stdout)).toMatchObject({
    accepted: 0,
    duplicate: 1,
  });
});

test('the same wrong file again makes no second reject', async () => {
  const path = cli.file('again.ndjson', later());
  await cli.run('import', path);
  await cli.run('import', path);
  expect(JSON.parse((await cli.run('rejects', '--json')).stdout)).toHaveLength(1);
});

test('a corrected line without the mark of its reject is known by source and id', async () => {
  await cli.run('import', cli.file('unmarked.ndjson', later()));
  const corrected = cli.file('corrected.ndjson', line({ id: 'fixed' }));
  expect(JSON.parse((await cli.run('rejects', 'replay', corrected)).stdout)).toMatchObject({ accepted: 1, closed: 1 });
  expect((await cli.run('rejects')).stdout).toBe('Nothing is refused.\n');
});

test('original bytes go through when their reason has passed', async () => {
  const ahead = new Date(Date.now() + 86_400_000 + 800).toISOString();
  await cli.run('import', cli.file('ahead.ndjson', line({ id: 'ahead', time: ahead })));
  expect(JSON.parse((await cli.run('rejects', '--json')).stdout)).toMatchObject([{ reason: 'time_in_future' }]);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(JSON.parse((await cli.run('rejects', 'replay', '--all')).stdout)).toMatchObject({
    accepted: 1,
    closed: 1,
    still_wrong: 0,
  });
});

test('a refused event whose JSON runs over several lines is exported as one', async () => {
  const pretty = JSON.stringify(JSON.parse(later()), null, 2);
  await cli.warehouse.command(
    "INSERT INTO rejects (recorded_at, reject_id, reason, source, id, bytes, size, origin_kind) VALUES (now64(6), generateUUIDv4(), 'department_form', 's', 'fixed', {bytes:String}, {size:UInt64}, 'http')",
    { bytes: pretty, size: Buffer.byteLength(pretty) },
  );
  const exported = join(cli.directory, 'pretty.ndjson');
  await cli.run('rejects', 'export', exported);
  const lines = readFileSync(exported, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ id: 'fixed', rejectid: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test('replay says what it lacks', async () => {
  expect(await cli.run('rejects', 'replay')).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/--all/) });
  expect(await cli.run('rejects', 'replay', join(cli.directory, 'no-such-file'))).toMatchObject({ exitCode: 2 });
});

test('close takes rejects off the list by hand; wrong ids are said', async () => {
  await cli.run('import', cli.file('close.ndjson', `${later()}\nnot json\n`));
  const [first, second] = JSON.parse((await cli.run('rejects', '--json')).stdout);
  expect(await cli.run('rejects', 'close', 'nonsense')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/nonsense/),
  });
  expect((await cli.run('rejects', 'close', second.reject_id)).stdout).toBe('{"closed":1}\n');
  expect(JSON.parse((await cli.run('rejects', '--json')).stdout)).toMatchObject([{ reject_id: first.reject_id }]);
  expect(await cli.run('rejects', 'close', second.reject_id)).toMatchObject({ exitCode: 1 });
  // The row itself stays: nothing vanishes.
  expect(await cli.warehouse.query('SELECT count() AS n FROM rejects')).toEqual([{ n: 2 }]);
});
