/** The example of an empty table: in each column a value that the import reads. */
import { DAY, UNIT } from '../entries/entry-form.ts';
import type { Layout } from '../layouts/layout.ts';
import { choicesOf, isSubject, isUnit, type TemplateWords } from './template-choices.ts';

const DAY_OF_ALL = '2025-04-01';
const NUMBER = '演示〔2025〕1号';

/** Columns of free text whose examples say what belongs there. */
const TEXTS: Readonly<Record<string, string>> = {
  name: '演示商贸有限公司',
  project: '食品经营许可',
  content: '预包装食品销售',
  doctitle: '准予行政许可决定书',
  title: '演示商贸有限公司未按规定经营案',
  result: '罚款2000元',
  fine: '2000元',
  confiscated: '500元',
  matter: '道路运输经营许可',
  people: '张三、李四',
  tname: '演示抽查任务',
  pname: '年报公示信息抽查计划',
  year: '2025',
  reason: '未在规定期限公示年度报告',
  outreason: '已补报年度报告',
  account: 'yanshi01',
  industry: '制造业',
  address: '演示路1号',
  kindtext: '有限责任公司',
  state: '存续',
  measure: '限制参与政府采购',
};

/** Columns in which most rows say nothing, and whose value would make another row of this. */
const LEFT_EMPTY = new Set([
  'removed',
  'outreason',
  'outorgan',
  'returned',
  'confirmed',
  'cancelled',
  'revoked',
  'others',
]);

/** @returns what a person might write there */
export function exampleOf(layout: Layout, name: string, words: TemplateWords): string {
  if (LEFT_EMPTY.has(name) && !layout.entry) return '';
  const form = layout.entry?.members.get(name);
  if (layout.days.has(name) || name === DAY) return DAY_OF_ALL;
  if (isSubject(layout, name)) return '91350100M000100Y43';
  if (name === UNIT && layout.entry?.ofUnit === false) return '';
  // Several units are split at the mark that some names hold.
  if (isUnit(layout, name)) return words.units.find((unit) => !/[、,，;；]/.test(unit)) ?? words.units[0] ?? '';
  if (form === 'number') return name === 'year' ? '2024' : '1';
  if (form === 'text' && name === 'quarter') return '2025Q2';
  if (layout.rows === 'quarter_lists' && name === 'quarter') return '2025Q2';
  if (layout.numbers.has(name)) return NUMBER;
  const [choice] = choicesOf(layout, name, words);
  if (choice !== undefined) return choice;
  if (!layout.entry) return TEXTS[name] ?? '';
  return form === 'texts' ? '演示甲、演示乙' : `演示${layout.template!.get(name)}`;
}
