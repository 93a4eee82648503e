import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { expect, test } from 'vitest';
import { visitsTable } from './visits-table.ts';

const SUBJECT = '91320671MA1XYT0015';
/** Number 1 is somebody in each unit: 甲 in one, 乙 in the other. */
const LIBRARY = [
  { unit: 'jsj', id: '1', name: '甲' },
  { unit: 'scjg', id: '1', name: '乙' },
];

/** Without a registry of its own. */
const REGISTRY = {
  environment: { dataDir: '/nowhere' },
  acts: { project: () => ({ ruleSet: { data: { units: [] } } }) },
};

/** @param drew the unit that drew the team; undefined: none is drawn */
function localsOf(drew: string | undefined): App.Locals {
  const query = async (sql: string, { units }: { units?: string[] }) => {
    if (sql.includes("type = 'inspector.registered'")) return LIBRARY.filter(({ unit }) => units!.includes(unit));
    if (!sql.includes("'draw.inspectors_executed', 'draw.adjusted'"))
      return [{ task: 'T', year: 2025, lead: 'jsj', participants: ['scjg'] }];
    const of = JSON.stringify({ day: '2025-04-01', pairs: [{ subject: SUBJECT, inspectors: ['1'] }] });
    const row = { department: drew, task: 'T', attempt: 1 };
    return drew === undefined
      ? []
      : [
          { ...row, type: 'draw.objects_executed', content: '' },
          { ...row, type: 'draw.inspectors_executed', content: of },
        ];
  };
  const figures = {
    async *batches() {
      yield [
        { subject: SUBJECT, name: '', area: '320671001', industry: '6210', done_on: '', codes: [], entered_on: '' },
      ];
    },
  };
  return {
    figures,
    locale: 'zh-CN',
    parts: { reader: { query }, ...REGISTRY },
    scope: EVERYTHING,
  } as unknown as App.Locals;
}

test.each([
  ['jsj', '甲***'],
  ['scjg', '乙***'],
  [undefined, ''],
])('of a joint task inspectors are those of the unit that drew: %s', async (drew, name) => {
  const { columns, batches } = await visitsTable(localsOf(drew), 'T');
  const team = columns.findIndex(({ title }) => title === '检查人员');
  for await (const [row] of batches) expect(row![team]).toBe(name);
});

test('areas and industries are called by their names, with the codes beside', async () => {
  const { columns, batches } = await visitsTable(localsOf('jsj'), 'T');
  const at = (title: string) => columns.findIndex((column) => column.title === title);
  for await (const [row] of batches)
    expect(['所在区域', '行政区划代码', '行业', '行业代码'].map((title) => row![at(title)])).toEqual([
      '第一街道',
      '320671001',
      'H 住宿餐饮',
      '6210',
    ]);
});
