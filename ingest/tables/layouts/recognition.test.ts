/** Each layout is told from every other by its own columns. */
import { expect, test } from 'vitest';
import { RowCells } from '../cells/row-cells.ts';
import { findHeader } from '../headers/find-header.ts';
import type { Layout } from './layout.ts';
import { loadLayouts } from './load-layouts.ts';

const layouts = loadLayouts();
/** Generations of one national form, and the two lists that a word alone tells apart: one may be read as the other. */
const FAMILIES = [
  ['xk-a', 'xk-b', 'xk-c'],
  ['cf-a', 'cf-b', 'cf-c'],
  ['abnormal', 'blacklist'],
];
const related = (a: string, b: string) => FAMILIES.some((ids) => ids.includes(a) && ids.includes(b));

function sheetOf(layout: Layout) {
  const title = layout.recognisedBy ? [[layout.recognisedBy.above[0]!]] : [];
  const lines = [...layout.lines].map(([, [key]]) => [`${key}：某`]);
  const header = [...layout.template!.values()];
  return [...title, ...lines, header].map((cells, index) => ({ number: index + 1, cells: RowCells.of(cells) }));
}
const withTemplate = layouts.filter(({ template }) => template);

test.each(withTemplate.map((layout) => [layout.id, layout] as const))('%s', (id, layout) => {
  const found = findHeader(sheetOf(layout), [], false, layouts);
  if ('nearest' in found) throw new Error(`${id} is not recognised; nearest is ${found.nearest?.layout.id}`);
  expect(found.layout.id).toBe(id);
  expect([...found.columns.keys()].sort()).toEqual([...layout.template!.keys()].sort());
  const others = layouts.filter((other) => other.id !== id && !related(other.id, id));
  expect(findHeader(sheetOf(layout), [], false, others)).not.toHaveProperty('layout');
});

test.each([
  ['objections', ['异议编号', '公示信息编号', '受理部门'], 'filed', ['申请日期', '收到日期', '受理日期', '登记日期']],
  [
    'objections',
    ['异议编号', '公示信息编号', '受理部门', '申请日期'],
    'answered',
    ['答复日期', '告知日期', '办结日期'],
  ],
  ['objections', ['异议编号', '公示信息编号', '申请日期'], 'organ', ['受理部门', '接收部门', '登记部门']],
  ['repairs', ['统一社会信用代码', '处罚决定书文号'], 'applied', ['修复申请日期', '修复受理日期']],
  [
    'repairs',
    ['统一社会信用代码', '处罚决定书文号', '修复申请日期'],
    'approved',
    ['准予修复日期', '修复通过日期', '修复完成日期', '修复日期'],
  ],
  ['plans', ['计划编号', '计划名称', '制定部门'], 'filed', ['备案日期', '上报日期', '公布日期']],
  ['punishments', ['统一社会信用代码', '惩戒编号', '发起部门'], 'initiated', ['发起日期', '提请日期', '推送日期']],
] as const)(
  '%s: of %j and several columns for %s the first of %j counts, wherever it stands',
  (id, others, column, alike) => {
    for (let first = 0; first < alike.length; first += 1)
      for (const order of [alike.slice(first), alike.slice(first).toReversed()]) {
        const cells = [...others, ...order];
        const found = findHeader([{ number: 1, cells: RowCells.of(cells) }], [], false, layouts);
        if ('nearest' in found) throw new Error(`${cells} is not recognised; nearest is ${found.nearest?.layout.id}`);
        expect([found.layout.id, cells[found.columns.get(column)!]]).toEqual([id, alike[first]]);
      }
  },
);

test('where a layout prefers none, the leftmost counts', () => {
  const cells = ['登录账号', '单位', '登录日期', '登录时间'];
  const found = findHeader([{ number: 1, cells: RowCells.of(cells) }], [], false, layouts);
  expect('layout' in found && [found.layout.id, found.columns.get('at')]).toEqual(['logins', 2]);
});

test('what is preferred is spelt as a header of its column, and of a column that the layout has', () => {
  for (const layout of layouts)
    for (const [name, column] of layout.columns)
      for (const one of column.preferred)
        expect(one.literals.size + one.patterns.length, `${layout.id} ${name}`).toBe(1);
});
