/** The empty tables of what is entered: their examples are read back as the forms record them. */
import { eventFamilies } from '@hengjian/contract/schema/event-types.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine } from '../../testing/command-line.ts';
import { entryFamilies } from '../entries/entry-layouts.ts';
import { hasTableId } from '../rows/event-id.ts';
import { filledTemplate, type Made, readTemplate, templateDirectory } from './testing/filled-template.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
  expect(await cli.run('templates', templateDirectory(cli))).toMatchObject({ exitCode: 0 });
});
afterAll(() => cli.close());

const families = entryFamilies();
const read = (path: string) => readTemplate(cli, path);

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
    const found = await read(await filledTemplate(cli, id, family.layouts));
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
