/** What an office adds: layouts, aliases; and what a corrected table does to the times of entry. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine } from '../testing/command-line.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
  mkdirSync(join(cli.dataDir, 'layouts'), { recursive: true });
});
afterAll(() => cli.close());
afterEach(() => cli.empty());

const USCC = '91350100M000100Y43';
const lastLine = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1)!);
const events = async () =>
  (await cli.run('events', '--json')).stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('layouts', () => {
  test('seventeen of the specification and four more are at hand', async () => {
    const listed = JSON.parse((await cli.run('layouts', '--json')).stdout) as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(
      'xk-a xk-c xk-b cf-a cf-c cf-b sgz results draw tasks blacklist abnormal quarter-list attendance materials logins firms plans punishments repairs objections'.split(
        ' ',
      ),
    );
  });

  test('an office adds one by a file that says what differs', async () => {
    const table = cli.file(
      'own.csv',
      `主体,代码,证照号,发证日,许可事项类型,发证单位\n甲公司,${USCC},证1,2025-04-01,普通,社会事业局\n`,
    );
    expect(await cli.run('import', table)).toMatchObject({ exitCode: 2 });
    const layout = join(cli.dataDir, 'layouts', 'own.yaml');
    writeFileSync(
      layout,
      `id: own-licences
extends: xk-b
title: { zh: 本市许可, en: Our licences }
columns:
  subject: [代码]
  name: [主体]
  doc: [证照号]
  decided: [发证日]
  kind: [许可事项类型]
  organ: [发证单位]
`,
    );
    expect((await cli.run('layouts', 'check', layout)).stdout).toMatch(/own-licences {2}本市许可/);
    expect(lastLine((await cli.run('import', table)).stdout)).toMatchObject({ layout: 'own-licences', accepted: 1 });
    expect(await events()).toMatchObject([
      { department: 'shsy', subject: USCC, data: { layout: 'own-licences', doc_no: '证1' } },
    ]);
    writeFileSync(
      layout,
      'id: own-licences\nextends: xk-b\ntitle: { zh: 本市许可, en: Our licences }\ncolumns: { number: [号] }\n',
    );
    for (const args of [['layouts', 'check', layout], ['import', table], ['layouts']])
      expect(await cli.run(...args)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(/own\.yaml .*no column number/),
      });
    writeFileSync(
      layout,
      'id: own-licences\nabstract: true\nextends: xk-b\ntitle: { zh: 本市许可, en: Our licences }\n',
    );
  });
});

test('one alias of two units is an error that names the line', async () => {
  const table = cli.file('logins.csv', '账号,单位,登录时间\nzh,某局,2025-04-01\n');
  const aliases = join(cli.dataDir, 'departments.csv');
  writeFileSync(aliases, 'unit,alias\nscjg,某局\nshsy,某 局\n');
  expect(await cli.run('import', table)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/departments\.csv:3: "某 局" stands for the unit shsy and for scjg/),
  });
  writeFileSync(aliases, 'unit,alias\nscjg,某局\n');
  expect(lastLine((await cli.run('import', table)).stdout)).toMatchObject({ accepted: 1 });
});

describe('corrections', () => {
  const licences = (...rows: string[]) =>
    cli.file(
      'licences.csv',
      ['行政相对人名称,统一社会信用代码,行政许可决定文书号,许可类别,许可决定日期,许可机关,许可入库时间', ...rows].join(
        '\n',
      ),
    );
  const row = (kind: string, entry: string, doc = '许〔2025〕1号') =>
    `甲公司,${USCC},${doc},${kind},2025-04-01,社会事业局,${entry}`;

  test('a new version takes the earliest time of entry; another time alone makes none', async () => {
    await cli.run('import', licences(row('普通', '2025-04-03')));
    expect(lastLine((await cli.run('import', licences(row('普通', '2025-04-09')))).stdout)).toMatchObject({
      accepted: 0,
      duplicate: 1,
    });
    const corrected = lastLine((await cli.run('import', licences(row('特许', '2025-04-20')))).stdout);
    expect(corrected).toMatchObject({ accepted: 2, by_type: { 'licence.entered': 1, 'event.voided': 1 } });
    const stored = await events();
    const [first, voided, second] = [
      stored.find(({ data }) => data.kind === '普通'),
      stored.find(({ type }) => type === 'event.voided'),
      stored.find(({ data }) => data.kind === '特许'),
    ];
    expect(voided).toMatchObject({ time: first.time, department: 'shsy', data: { event_id: first.id } });
    expect(second).toMatchObject({ time: '2025-04-03T12:00:00+08:00', data: { time_from: 'entry', kind: '特许' } });
    // The first version is voided for good: bringing it again changes nothing.
    expect(lastLine((await cli.run('import', licences(row('普通', '2025-04-03')))).stdout)).toMatchObject({
      accepted: 0,
      duplicate: 1,
    });
  });

  test('a day of decision is no time of entry', async () => {
    await cli.run('import', licences(row('普通', '')));
    await cli.run('import', licences(row('特许', '2025-04-20')));
    const second = (await events()).find(({ data }) => data.kind === '特许');
    expect(second).toMatchObject({ time: '2025-04-20T12:00:00+08:00', data: { time_from: 'entry' } });
  });

  test('two versions in one file are parts of one decision and both stay', async () => {
    const both = licences(row('普通', '2025-04-03'), row('特许', '2025-04-03'));
    expect(lastLine((await cli.run('import', both)).stdout)).toMatchObject({
      accepted: 2,
      by_type: { 'licence.entered': 2 },
    });
    expect(lastLine((await cli.run('import', both)).stdout)).toMatchObject({ accepted: 0, duplicate: 2 });
  });

  test('a preview of several files sees what the ones before would bring', async () => {
    const first = licences(row('普通', '2025-04-03'));
    const later = cli.file(
      'later.csv',
      '行政相对人名称,统一社会信用代码,行政许可决定文书号,许可类别,许可决定日期,许可机关\n' +
        row('特许', '').replace(/,$/, ''),
    );
    const { stdout } = await cli.run('import', '--preview', first, later, first);
    expect(lastLine(stdout)).toMatchObject({ read: 4, accepted: 3, duplicate: 1, preview: true });
    expect(stdout).toMatch(/corrected 1/);
    expect(await events()).toEqual([]);
  });
});

test('a corrected line of an exported reject goes through; an unchanged damaged one does not', async () => {
  const table = cli.file('damaged.csv', `账号,单位,登录时间\nzh,社会事业局,上午\n`);
  await cli.run('import', table);
  const damaged = cli.file(
    'task.csv',
    `抽查任务编号,抽查任务名称,任务组织部门,抽查类型,任务设置日期\n9.9E+17,某,社会事业局,定向,2025-04-01\n`,
  );
  await cli.run('import', damaged);
  const exported = join(cli.directory, 'rejects.ndjson');
  await cli.run('rejects', 'export', exported);
  const { readFileSync } = await import('node:fs');
  const lines = readFileSync(exported, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(JSON.parse((await cli.run('rejects', 'replay', exported)).stdout)).toMatchObject({
    accepted: 0,
    still_wrong: 2,
  });
  writeFileSync(exported, lines.join('\n').replace('上午', '2025-04-01').replace('9.9E+17', '990101202503105000'));
  expect(JSON.parse((await cli.run('rejects', 'replay', exported)).stdout)).toMatchObject({
    accepted: 2,
    closed: 2,
    still_wrong: 0,
  });
  expect((await events()).map(({ type }) => type).sort()).toEqual(['login.succeeded', 'task.created']);
});

test.each([
  [['--limit', '0'], /--limit/],
  [['--since', '2025-13-01'], /--since/],
  [['--type', 'no.such'], /no\.such/],
  [['--subject', '123'], /--subject/],
])('events %j is refused', async (args, message) => {
  expect(await cli.run('events', ...args)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(message) });
});

test('events are chosen by their members, both days inclusive', async () => {
  await cli.run(
    'import',
    cli.file(
      'l.csv',
      '账号,单位,登录时间\na,社会事业局,2025-04-01 08:00:00\nb,社会事业局,2025-04-02 23:59:59\nc,某局,2025-04-03\n',
    ),
  );
  const ids = async (...args: string[]) => {
    const { stdout } = await cli.run('events', '--json', ...args);
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).data.account);
  };
  expect(await ids()).toEqual(['a', 'b', 'c']);
  expect(await ids('--since', '2025-04-02')).toEqual(['b', 'c']);
  expect(await ids('--until', '2025-04-02')).toEqual(['a', 'b']);
  expect(await ids('--department', '社会事业局', '--limit', '1')).toEqual(['a']);
  expect(await ids('--source', 'urn:other')).toEqual([]);
});
