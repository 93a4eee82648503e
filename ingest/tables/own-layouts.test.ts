/** What an office adds: layouts, aliases; and how events are chosen from what came in. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine, lastLine, listedEvents } from '../testing/command-line.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
  mkdirSync(join(cli.dataDir, 'layouts'), { recursive: true });
});
afterAll(() => cli.close());
afterEach(() => cli.empty());

const USCC = '91350100M000100Y43';
const events = () => listedEvents(cli);

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
