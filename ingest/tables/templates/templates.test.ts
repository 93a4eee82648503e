/** The empty tables: recognised as what they are, their example passed over, and read back once filled in. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJs from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, commandLine } from '../../testing/command-line.ts';
import { loadLayouts } from '../layouts/load-layouts.ts';

let cli: CommandLine;
let directory: string;
beforeAll(async () => {
  cli = await commandLine();
  directory = join(cli.directory, 'templates');
  expect(await cli.run('templates', directory)).toMatchObject({ exitCode: 0 });
});
afterAll(() => cli.close());

const withTemplate = loadLayouts().filter(({ template }) => template);
const pathOf = (id: string) => join(directory, readdirSync(directory).find((name) => name.startsWith(`${id} `))!);
const lastLine = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1)!);

const LINES: Record<string, string[]> = {
  draw: ['RW-1', '2025-04-09', '社会事业局'],
  'quarter-list': ['社会事业局', '2025Q2', '行政许可', '2025-07-02'],
  attendance: ['HY-1', '2025-05-15', '社会事业局'],
};
const BY_COLUMN: Record<string, string> = {
  subject: '91350100M000100Y43',
  name: '甲公司',
  party: '法人及非法人组织',
  matter: '道路运输经营许可',
  result: '未发现问题',
  tname: '某任务',
  reason: '未在规定期限公示年度报告的',
  account: 'zh1',
  industry: '制造业',
  stype: '定向',
  status: '出席',
};

test('one for each list that people fill in, none written over', async () => {
  expect(readdirSync(directory)).toHaveLength(withTemplate.length);
  expect(new Set(withTemplate.map(({ rows }) => rows)).size).toBe(new Set(loadLayouts().map(({ rows }) => rows)).size);
  expect(await cli.run('templates', directory)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/exists already/),
  });
});

test.each(withTemplate.map((layout) => [layout.id, layout] as const))(
  '%s filled in is read back',
  async (id, layout) => {
    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.readFile(pathOf(id));
    const [sheet] = workbook.worksheets as [ExcelJs.Worksheet];
    const lines = LINES[id] ?? [];
    for (const [index, value] of lines.entries()) sheet.getCell(index + 1, 2).value = value;
    const row = sheet.getRow(lines.length + 3);
    for (const [index, name] of [...layout.template!.keys()].entries()) {
      const organ = layout.organs.includes(name) || ['designated', 'lead', 'implementer'].includes(name);
      const value = layout.days.has(name)
        ? new Date('2025-04-01')
        : organ
          ? '社会事业局'
          : layout.numbers.has(name)
            ? '编号1'
            : BY_COLUMN[name];
      if (value !== undefined && !['removed', 'returned', 'confirmed', 'cancelled', 'revoked'].includes(name))
        row.getCell(index + 1).value = value;
      if (name === 'status' && id !== 'attendance') row.getCell(index + 1).value = '有效';
      if (name === 'kind') row.getCell(index + 1).value = id === 'cf-c' ? '警告' : '普通';
    }
    row.commit();
    const filled = join(cli.directory, `${id}.xlsx`);
    await workbook.xlsx.writeFile(filled);
    const ran = await cli.run('import', filled);
    expect(ran.exitCode, ran.stderr).toBe(0);
    const { accepted, duplicate, rejected, layout: found, skipped } = lastLine(ran.stdout);
    const { stdout } = await cli.run('rejects');
    expect({ found, rejected, skipped }, stdout).toEqual({ found: id, rejected: 0, skipped: 1 });
    expect(accepted + duplicate).toBeGreaterThan(0);
  },
);
