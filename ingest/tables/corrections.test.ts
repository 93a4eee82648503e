/** What a corrected table does to the times of entry, and a corrected line to its reject. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine, lastLine, listedEvents } from '../testing/command-line.ts';
import { textRows, xlsxFile } from './testing/zip-file.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());
afterEach(() => cli.empty());

const USCC = '91350100M000100Y43';
const events = () => listedEvents(cli);

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

test('a number that the spreadsheet has damaged stays refused, also when another reason came first', async () => {
  const headers = ['行政相对人名称', '统一社会信用代码', '行政许可决定文书号', '许可类别', '许可决定日期', '许可机关'];
  const row = (doc: string | number, day: string) => ['甲公司', USCC, doc, '普通', day, '演示新机构'];
  const rows = [row(2025000000001234, '2025-04-01'), row('许〔2025〕2号', '2025-04-02')];
  const table = cli.file('numbers.xlsx', xlsxFile(textRows([headers, ...rows])));
  expect(lastLine((await cli.run('import', table)).stdout)).toMatchObject({ rejected: 2, accepted: 0 });
  writeFileSync(join(cli.dataDir, 'departments.csv'), 'unit,alias\nshsy,演示新机构\n');
  try {
    expect(lastLine((await cli.run('rejects', 'replay', '--reason', 'department_unmatched')).stdout)).toMatchObject({
      accepted: 1,
      still_wrong: 1,
    });
    expect((await events()).map(({ data }) => data.doc_no)).toEqual(['许〔2025〕2号']);
    // As the file itself says.
    expect(lastLine((await cli.run('import', table)).stdout)).toMatchObject({ rejected: 1, duplicate: 1 });
  } finally {
    rmSync(join(cli.dataDir, 'departments.csv'));
  }
});
