/** The empty tables: recognised as what they are, their example passed over, and read back once its mark is gone. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventFamilies } from '@hengjian/contract/schema/event-types.ts';
import { namedUnits, ruleLimits } from '@hengjian/models';
import ExcelJs from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableKnowledge } from '../../commands/table-knowledge.ts';
import { type CommandLine, commandLine } from '../../testing/command-line.ts';
import { entryFamilies } from '../entries/entry-layouts.ts';
import { headOf } from '../files/open-workbook.ts';
import { readTable } from '../import/open-table.ts';
import type { Layout } from '../layouts/layout.ts';
import { loadLayouts } from '../layouts/load-layouts.ts';
import { hasTableId } from '../rows/event-id.ts';
import { exampleOf } from './example-row.ts';

let cli: CommandLine;
let directory: string;
beforeAll(async () => {
  cli = await commandLine();
  directory = join(cli.directory, 'templates');
  expect(await cli.run('templates', directory)).toMatchObject({ exitCode: 0 });
});
afterAll(() => cli.close());

const withTemplate = loadLayouts().filter(({ template }) => template);
const families = entryFamilies();
const pathOf = (id: string) => join(directory, readdirSync(directory).find((name) => name.startsWith(`${id} `))!);

/** What the command line of the tests runs with. */
const RULES = { ruleset: 'nantong-etdz', dataDir: '' };
const words = { units: namedUnits(RULES).map(({ name }) => name), marks: ruleLimits(RULES).marks };
const LINES: Record<string, string[]> = {
  draw: ['RW-1', '2025-04-09', '社会事业局'],
  'quarter-list': ['社会事业局', '2025Q2', '行政许可', '2025-07-02'],
  attendance: ['HY-1', '2025-05-15', '社会事业局'],
};

/** The template as it came down, its lines filled in, its example without its mark. @returns the path */
async function filled(id: string, layouts: readonly Layout[]): Promise<string> {
  const workbook = new ExcelJs.Workbook();
  await workbook.xlsx.readFile(pathOf(id));
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

interface Made {
  type: string;
  time: string;
  department: string;
  subject?: string;
  data: Record<string, unknown>;
}

async function read(path: string): Promise<{ layouts: string[]; refused: unknown[]; events: Made[] }> {
  const knowledge = tableKnowledge(cli.dataDir, { units: () => namedUnits(RULES), limits: () => ruleLimits(RULES) });
  const { plan, sheets } = await readTable(path, await headOf(path), knowledge, {});
  const events: Made[] = [];
  for await (const { bytes } of plan.placed()) events.push(JSON.parse(bytes.toString('utf8')) as Made);
  const refused = plan.entries.flatMap(({ type, refusal }) => (refusal ? [{ type, ...refusal }] : []));
  await plan.close();
  return { layouts: sheets.map(({ header }) => header.layout.id), refused, events };
}

test('one for each list that people fill in and each family of what else they enter, none written over', async () => {
  expect(readdirSync(directory)).toHaveLength(withTemplate.length + families.length);
  const readings = (layouts: readonly Layout[]) => new Set(layouts.map(({ rows }) => rows)).size;
  expect(readings(withTemplate)).toBe(readings(loadLayouts()));
  const entered = new Set(eventFamilies.map(({ family }) => family));
  for (const family of ['publications', 'lists', 'meetings', 'objections']) entered.delete(family);
  // Of the others every event has a list of its own, or the product writes it.
  expect(new Set(families.map(({ id }) => id.replace('entries-', '')))).toEqual(entered);
  expect(await cli.run('templates', directory)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/exists already/),
  });
});

test('as it came down a template brings nothing', async () => {
  const files = [...withTemplate, ...families].filter(({ id }) => !LINES[id]).map(({ id }) => pathOf(id));
  const ran = await cli.run('import', ...files);
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(ran.stdout.trim().split('\n').at(-1)!)).toMatchObject({ accepted: 0, rejected: 0 });
});

test.each(withTemplate.map((layout) => [layout.id, layout] as const))(
  '%s: its example is read back',
  async (id, layout) => {
    const found = await read(await filled(id, [layout]));
    expect(found.refused).toEqual([]);
    expect(found.layouts).toEqual([id]);
    expect(found.events.length).toBeGreaterThan(0);
  },
);

/** As the forms of the dashboard record them. */
const AS_FORMS: Record<string, Partial<Made>> = {
  'mark.awarded': {
    department: 'office',
    data: {
      quarter: '2025Q2',
      item: 'unlicensed',
      unit: 'shsy',
      points: 1,
      reason: '演示评分理由',
      approver: '演示批准人',
    },
  },
  'outage.declared': {
    department: 'office',
    data: { from: '2025-04-01', to: '2025-04-01', units: ['shsy'], reason: '演示故障原因' },
  },
  'push.outcome_fed_back': {
    department: 'shsy',
    data: { push_id: '演示〔2025〕1号', outcome: 'licensed', decided_on: '2025-04-01' },
  },
  'inspector.registered': {
    department: 'shsy',
    data: {
      inspector: '演示检查人员编号',
      name: '演示姓名',
      certificate: '演示执法证编号',
      valid_until: '2025-04-01',
      active: true,
      specialties: ['演示甲', '演示乙'],
      areas: ['演示甲', '演示乙'],
      home_area: '演示回避区域',
      lead: true,
      expert: true,
      max_load: 1,
      account: '演示账号',
    },
  },
  'complaint.received': {
    department: 'shsy',
    subject: '91350100M000100Y43',
    data: { channel: '演示渠道', topic: '演示投诉举报事项' },
  },
};

test.each(families.map((family) => [family.id, family] as const))(
  '%s: its examples are read back',
  async (id, family) => {
    const found = await read(await filled(id, family.layouts));
    expect(found.refused).toEqual([]);
    expect(found.layouts).toEqual(family.layouts.map((layout) => layout.id));
    expect(found.events.map(({ type }) => type)).toEqual(family.layouts.map(({ entry }) => entry!.type));
    for (const [index, event] of found.events.entries()) {
      const { entry, title } = family.layouts[index]!;
      const { layout: _layout, row: _row, ...data } = event.data;
      // Each member that the schema names is there.
      expect(Object.keys(data).sort(), title.zh).toEqual([...entry!.members.keys()].sort());
      expect(event.time).toBe('2025-04-01T12:00:00+08:00');
      const expected = AS_FORMS[event.type];
      if (expected) expect({ ...event, data }).toMatchObject(expected);
    }
  },
);

describe('entries', () => {
  test('no two columns of a table have one name, and each has a Chinese one', () => {
    for (const { layouts } of families)
      for (const { id, template } of layouts) {
        const names = [...template!.values()];
        expect(new Set(names).size, id).toBe(names.length);
        expect(
          names.filter((name) => !/\p{Script=Han}/u.test(name)),
          id,
        ).toEqual([]);
      }
  });

  test('an inspector without a certificate is entered as one; a certificate column that is missing is no table of inspectors', async () => {
    const head = ['单位', '日期', '检查人员编号', '姓名', '执法证编号', '有效期至', '是否在库'];
    const layout = families
      .flatMap(({ layouts }) => layouts)
      .find(({ entry }) => entry!.type === 'inspector.registered')!;
    expect([...layout.template!.values()]).toEqual(expect.arrayContaining(head));
    const rows = [
      ['社会事业局', '2025-04-01', 'R1', '演示甲', '', '2026-01-01', '是'],
      ['社会事业局', '2025-04-01', 'R2', '演示乙', '无', '2026-01-01', '是'],
    ];
    const csv = (lines: string[][]) =>
      ['执法检查人员入库（inspector.registered）', ...lines.map((line) => line.join(','))].join('\n');
    const found = await read(cli.file('inspectors.csv', csv([head, ...rows])));
    expect(found.refused).toEqual([]);
    expect(found.events.map(({ data }) => [data.inspector, data.certificate])).toEqual([
      ['R1', ''],
      ['R2', ''],
    ]);
    const without = (line: string[]) => line.filter((_, index) => index !== 4);
    await expect(read(cli.file('none.csv', csv([head, ...rows].map(without))))).rejects.toThrow('执法证编号');
  });

  test('all that the office and the units enter has a table; a product’s own act has none', () => {
    const tabled = new Set(families.flatMap(({ layouts }) => layouts.map(({ entry }) => entry!.type)));
    for (const { family, types } of eventFamilies)
      for (const { type, actor } of types)
        expect(tabled.has(type) || hasTableId(type), type).toBe(actor !== 'product' && family !== 'publications');
  });
});
