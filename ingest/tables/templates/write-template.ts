/** The empty table of a layout as a workbook: headers with notes, choices to pick from, an example that the import passes over. */
import ExcelJs from 'exceljs';
import { UNIT } from '../entries/entry-form.ts';
import type { Layout } from '../layouts/layout.ts';
import { exampleOf } from './example-row.ts';
import { choicesOf, isSubject, isUnit, type TemplateWords } from './template-choices.ts';

const LAST_ROW = 5_000;
const EXAMPLE = '示例（填写时请删除本行）';
const CHOICES = '选项';

/**
 * @param words what only the rule set knows
 * @param known what to write into lines above the header, by the name of the line
 */
export function writeTemplate(
  layout: Layout,
  words: TemplateWords,
  known: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  return workbookOf([layout], words, known);
}

/** Several tables as sheets of one workbook. */
export const writeTemplates = (layouts: readonly Layout[], words: TemplateWords): Promise<Buffer> =>
  workbookOf(layouts, words, {});

async function workbookOf(
  layouts: readonly Layout[],
  words: TemplateWords,
  known: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const workbook = new ExcelJs.Workbook();
  const sheets = layouts.map((layout) => ({ layout, sheet: workbook.addWorksheet(sheetName(layout)) }));
  const lists = new ChoiceLists(workbook.addWorksheet(CHOICES, { state: 'hidden' }));
  for (const { layout, sheet } of sheets) fill(sheet, lists, layout, words, known);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

const sheetName = ({ title }: Layout): string =>
  title.zh
    .replace(/[[\]*?:/\\（）]/g, ' ')
    .trim()
    .slice(0, 31);

function fill(
  sheet: ExcelJs.Worksheet,
  lists: ChoiceLists,
  layout: Layout,
  words: TemplateWords,
  known: Readonly<Record<string, string>>,
): void {
  let row = 1;
  if (layout.entry) {
    // What the import tells the table by.
    sheet.getCell(row, 1).value = `${layout.title.zh}（${layout.entry.type}）`;
    sheet.getCell(row, 1).note = '本行说明所登记的事项，请勿删改。';
    row += 1;
  }
  for (const [name, [key]] of layout.lines) {
    if (layout.template!.has(name)) continue;
    sheet.getCell(row, 1).value = `${key}：`;
    sheet.getCell(row, 1).note = noteOf(layout, name);
    format(sheet.getCell(row, 2), layout, name);
    if (known[name]) sheet.getCell(row, 2).value = known[name];
    offer(sheet, `B${row}`, lists.of(choicesOf(layout, name, words)));
    row += 1;
  }
  const header = row;
  let column = 0;
  for (const [name, text] of layout.template!) {
    column += 1;
    const cell = sheet.getCell(header, column);
    cell.value = text;
    cell.font = { bold: true };
    cell.note = noteOf(layout, name);
    sheet.getColumn(column).width = Math.max(14, text.length * 2.2);
    format(sheet.getColumn(column), layout, name);
    sheet.getCell(header + 1, column).value = column === 1 ? EXAMPLE : exampleOf(layout, name, words);
    const letter = sheet.getColumn(column).letter;
    offer(sheet, `${letter}${header + 1}:${letter}${LAST_ROW}`, lists.of(choicesOf(layout, name, words)));
  }
  sheet.views = [{ state: 'frozen', ySplit: header }];
}

/** Lists to pick from stand on a sheet of their own: in a cell they may be 255 characters long. */
class ChoiceLists {
  readonly #sheet: ExcelJs.Worksheet;
  readonly #known = new Map<string, string>();

  constructor(sheet: ExcelJs.Worksheet) {
    this.#sheet = sheet;
  }

  /** @returns the range that holds them */
  of(choices: readonly string[]): string | undefined {
    if (choices.length === 0) return undefined;
    const key = choices.join('\n');
    const known = this.#known.get(key);
    if (known) return known;
    const column = this.#known.size + 1;
    for (const [index, choice] of choices.entries()) this.#sheet.getCell(index + 1, column).value = choice;
    const { letter } = this.#sheet.getColumn(column);
    const range = `${CHOICES}!$${letter}$1:$${letter}$${choices.length}`;
    this.#known.set(key, range);
    return range;
  }
}

function offer(sheet: ExcelJs.Worksheet, range: string, choices: string | undefined): void {
  if (choices === undefined) return;
  // exceljs types no validation of a range, which it writes all the same.
  const { dataValidations } = sheet as unknown as { dataValidations: { add(range: string, rule: object): void } };
  dataValidations.add(range, { type: 'list', allowBlank: true, formulae: [choices], showErrorMessage: false });
}

function noteOf(layout: Layout, name: string): string {
  const must = layout.required.includes(name) || layout.oneOf.includes(name) ? '必填。' : '选填。';
  const form = layout.entry?.members.get(name);
  if (layout.entry?.mayBeEmpty.has(name)) return '没有的空着，或者填“无”。';
  if (name === UNIT && layout.entry?.ofUnit === false) return `${must}不填的为联席会议办公室。`;
  if (layout.days.has(name)) return `${must}日期，如 2025-04-01；有时间的一并填写，如 2025-04-01 09:30。`;
  if (layout.numbers.has(name)) return `${must}文本格式，长编号不得变成科学计数。`;
  if (isSubject(layout, name)) return `${must}18 位统一社会信用代码，文本格式。`;
  if (name === 'fine' || name === 'confiscated') return `${must}金额，单位见表头；也可写明单位，如 2000元。`;
  if (form === 'units' || name === 'others' || name === 'implementer') return `${must}单位名称，多个单位以顿号分隔。`;
  if (isUnit(layout, name)) return `${must}单位名称，可从下拉列表选取。`;
  if (form === 'number') return `${must}数字。`;
  if (form === 'texts') return `${must}多项以顿号分隔。`;
  if (form === 'choice' || form === 'flag') return `${must}从下拉列表选取。`;
  return must;
}

interface Formatted {
  numFmt?: string | undefined;
}

function format(place: Formatted, layout: Layout, name: string): void {
  if (layout.days.has(name)) place.numFmt = 'yyyy-mm-dd';
  else if (layout.numbers.has(name) || isSubject(layout, name)) place.numFmt = '@';
}
