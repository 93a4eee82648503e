/** Refused events on their way out: listed, corrected, sent through again, closed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type CommandLine, commandLine } from '../../testing/command-line.ts';
import { line } from '../../testing/event.ts';
import { rejectLine, rejectNamed } from './reject-line.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());
afterEach(() => cli.empty());

const later = () => line({ id: 'fixed', department: 'a b' });

test('as JSON all are listed, unless it is said how many; as text so many as a person reads', async () => {
  const lines = Array.from({ length: 1_002 }, (_, index) => `{"id":"${index}"}`);
  await cli.run('import', cli.file('many.ndjson', lines.join('\n')));
  expect(JSON.parse((await cli.run('rejects', '--json')).stdout)).toHaveLength(1_002);
  expect(JSON.parse((await cli.run('rejects', '--json', '--limit', '3')).stdout)).toHaveLength(3);
  expect((await cli.run('rejects')).stderr).toContain('Shown are 1000 of 1002');
});

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

describe('events sent in another encoding', () => {
  /** 财政局 in GBK. */
  const GBK = Buffer.from([0xb2, 0xc6, 0xd5, 0xfe, 0xbe, 0xd6]);
  const inGbk = (text: string) =>
    Buffer.concat(
      text.split('财政局').flatMap((part, at) => (at === 0 ? [Buffer.from(part)] : [GBK, Buffer.from(part)])),
    );
  const said = async (...args: string[]) => JSON.parse((await cli.run(...args)).stdout);
  const good = (id: string) => line({ id, data: { account: '财政局' } });
  /** A file of UTF-8 with lines of GBK among its own: no file of GBK, so that they are refused. */
  const refused = async (...texts: string[]) => {
    const lines = [good('u1'), good('u2'), good('u3'), good('u4')].map((text) => Buffer.from(`${text}\n`));
    const foreign = texts.map((text) => inGbk(`${text}\n`));
    const counts = await said('import', cli.file('mixed.ndjson', Buffer.concat([...lines, ...foreign])));
    expect(counts).toMatchObject({ accepted: 4, rejected: texts.length });
    expect((await said('rejects', '--json')).map(({ reason }: { reason: string }) => reason)).toEqual(
      texts.map(() => 'utf8'),
    );
  };

  test('the file once converted closes what it corrects, and nothing else', async () => {
    await refused(good('g1'), good('g2'), '{"财政局');
    const converted = cli.file('converted.ndjson', `\ufeff${good('g1')}\r\n`);
    expect(await said('rejects', 'replay', converted)).toMatchObject({ accepted: 1, closed: 1, still_wrong: 0 });
    expect(await said('rejects', '--json')).toHaveLength(2);
    // Converted as a whole, and still with a line that is no event: that one stays on the list, once.
    const whole = cli.file('whole.ndjson', [good('g1'), good('g2'), '{"财政局'].join('\n'));
    expect(await said('rejects', 'replay', whole)).toMatchObject({ accepted: 1, closed: 1, still_wrong: 1 });
    expect(await said('rejects', '--json')).toMatchObject([{ reason: 'utf8' }]);
  });

  test('converted and corrected besides, it is known by source and id', async () => {
    await refused(line({ id: 'g3', department: '财政局 1' }));
    const corrected = cli.file('corrected.ndjson', line({ id: 'g3', department: 'czj' }));
    expect(await said('rejects', 'replay', corrected)).toMatchObject({ accepted: 1, closed: 1 });
    expect((await cli.run('rejects')).stdout).toBe('Nothing is refused.\n');
  });

  test('a corrections file that is in another encoding itself is read as such', async () => {
    await refused(good('g4'));
    const file = cli.file('gbk.ndjson', inGbk(`${good('g4')}\n`));
    const ran = await cli.run('rejects', 'replay', file);
    expect(JSON.parse(ran.stdout)).toMatchObject({ accepted: 1, closed: 1 });
    expect(ran.stderr).toContain('is GB18030, not UTF-8');
  });
});

test('original bytes go through when their reason has passed', async () => {
  // A moment that is good now, and was too far ahead an hour ago.
  const now = Date.now();
  const ahead = new Date(now + 23.5 * 3_600_000).toISOString();
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now - 3_600_000);
  await cli
    .run('import', cli.file('ahead.ndjson', line({ id: 'ahead', time: ahead })))
    .finally(() => clock.mockRestore());
  expect(JSON.parse((await cli.run('rejects', '--json')).stdout)).toMatchObject([{ reason: 'time_in_future' }]);
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

test('the line of a reject names it once, whatever its sender named, and leaves the rest as it was', () => {
  const id = '11111111-1111-8111-8111-111111111111';
  const of = (text: string) => rejectLine(Buffer.from(text), id).toString();
  const mark = `"rejectid":"${id}"`;
  expect(of('{"id": "a",\n"data":{"rejectid":"x"}}')).toBe(`{${mark},"id": "a", "data":{"rejectid":"x"}}`);
  expect(of('{"a":"}\\",{","rejectid":"x","b":[1,{}]}')).toBe(`{${mark},"a":"}\\",{","b":[1,{}]}`);
  expect(of('{ "reject\\u0069d" : {"a":[1]} , "a":1,"rejectid":"x"} ')).toBe(`{${mark}, "a":1} `);
  expect(of('{"rejectid":1}')).toBe(`{${mark}}`);
  expect(of('{ }')).toBe(`{${mark} }`);
  expect(of('{"a":')).toBe(`{${mark},"a":`);
  expect([of('["{"]'), of('7')]).toEqual(['["{"]', '7']);
  // Sorted by a tool, its data come first.
  const named = (text: string) => rejectNamed(Buffer.from(text));
  expect(named(`{"data":{"rejectid":"22222222-2222-8222-8222-222222222222"},${mark}}`)).toBe(id);
  expect([named(`{${mark.toUpperCase().replace('REJECTID', 'rejectid')}}`), named(`{${mark},"a":`)]).toEqual([id, id]);
  expect([named('{"data":{"rejectid":"x"}}'), named(`{"rejectid":"${'-'.repeat(36)}"}`)]).toEqual([
    undefined,
    undefined,
  ]);
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

test('close by reason and by the beginning of the origin', async () => {
  await cli.run('import', cli.file('first.ndjson', `${later()}\nnot json\n`));
  await cli.run('import', cli.file('second.ndjson', `${line({ id: 'c', department: 'a b' })}\nnot json\n`));
  expect(await cli.run('rejects', 'close')).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/--origin/) });
  expect(await cli.run('rejects', 'close', '--origin', '')).toMatchObject({ exitCode: 1 });
  expect(await cli.run('rejects', 'close', '--reason', 'no_such')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/no_such/),
  });
  const second = join(cli.directory, 'second.ndjson');
  const closed = await cli.run('rejects', 'close', '--reason', 'json_syntax', '--origin', second);
  expect(closed.stdout).toBe('{"closed":1}\n');
  expect((await cli.run('rejects', 'close', '--reason', 'json_syntax')).stdout).toBe('{"closed":1}\n');
  expect((await cli.run('rejects', 'close', '--origin', join(cli.directory, 'first'))).stdout).toBe('{"closed":1}\n');
  expect(JSON.parse((await cli.run('rejects', '--json')).stdout)).toMatchObject([{ origin: `${second}:1` }]);
});
