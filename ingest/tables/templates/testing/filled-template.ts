/** The empty tables as a person fills them: their example without its mark, and what is read of them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { namedUnits, ruleLimits } from '@hengjian/models';
import ExcelJs from 'exceljs';
import { expect } from 'vitest';
import { tableKnowledge } from '../../../commands/table-knowledge.ts';
import type { CommandLine } from '../../../testing/command-line.ts';
import { headOf } from '../../files/open-workbook.ts';
import { readTable } from '../../import/open-table.ts';
import type { Layout } from '../../layouts/layout.ts';
import { exampleOf } from '../example-row.ts';

/** What the command line of the tests runs with. */
const RULES = { ruleset: 'nantong-etdz', dataDir: '' };
const words = { units: namedUnits(RULES).map(({ name }) => name), marks: ruleLimits(RULES).marks };
/** What stands above the header of some. */
export const LINES: Record<string, string[]> = {
  draw: ['RW-1', '2025-04-09', '社会事业局'],
  'quarter-list': ['社会事业局', '2025Q2', '行政许可', '2025-07-02'],
  attendance: ['HY-1', '2025-05-15', '社会事业局'],
};

/** The template as it came down, its lines filled in, its example without its mark. @returns the path */
export async function filledTemplate(cli: CommandLine, id: string, layouts: readonly Layout[]): Promise<string> {
  const workbook = new ExcelJs.Workbook();
  await workbook.xlsx.readFile(templatePath(cli, id));
  for (const [index, layout] of layouts.entries()) {
    const sheet = workbook.worksheets[index]!;
    const lines = LINES[layout.id] ?? [];
    for (const [line, value] of lines.entries()) sheet.getCell(line + 1, 2).value = value;
    const example = sheet.getCell(lines.length + (layout.entry ? 1 : 0) + 2, 1);
    expect(example.value).toMatch(/^示例/);
    const [first] = layout.template!.keys();
    example.value = exampleOf(layout, first!, words) || null;
  }
  const path = join(cli.directory, `${id}.xlsx`);
  await workbook.xlsx.writeFile(path);
  return path;
}

export interface Made {
  type: string;
  time: string;
  department: string;
  subject?: string;
  data: Record<string, unknown>;
}

export async function readTemplate(
  cli: CommandLine,
  path: string,
): Promise<{ layouts: string[]; refused: unknown[]; events: Made[] }> {
  const knowledge = tableKnowledge(cli.dataDir, { units: () => namedUnits(RULES), limits: () => ruleLimits(RULES) });
  const { plan, sheets } = await readTable(path, await headOf(path), knowledge, {});
  const events: Made[] = [];
  for await (const { bytes } of plan.placed()) events.push(JSON.parse(bytes.toString('utf8')) as Made);
  const refused = plan.entries.flatMap(({ type, refusal }) => (refusal ? [{ type, ...refusal }] : []));
  await plan.close();
  return { layouts: sheets.map(({ header }) => header.layout.id), refused, events };
}

/** Where `templates` writes them. */
export const templateDirectory = (cli: CommandLine): string => join(cli.directory, 'templates');

export const templatePath = (cli: CommandLine, id: string): string =>
  join(templateDirectory(cli), readdirSync(templateDirectory(cli)).find((name) => name.startsWith(`${id} `))!);
