/** The empty table of a layout as a workbook: headers with notes, choices to pick from, an example that the import passes over. */
import ExcelJs from 'exceljs';
import type { Layout } from '../layouts/layout.ts';

const LAST_ROW = 5_000;
const EXAMPLE = '示例（填写时请删除本行）';
const CHOICES = '选项';

/** Names of columns in which units stand, beside those that the layout names as organs. */
const UNIT_COLUMNS = new Set([
  'designated',
  'actual',
  'function',
  'others',
  'organiser',
  'asker',
  'outorgan',
  'lead',
  'unit',
]);

/** Columns whose choices the layout says under another name, or says not as people write them. */
const CHOICES_OF: Record<string, readonly string[]> = { stype: ['定向', '不定向'], ttype: ['本部门', '跨部门'] };

/**
 * @param units names of the units, to pick from
 * @param known what to write into lines above the header, by the name of the line
 */
export async function writeTemplate(
  layout: Layout,
  units: readonly string[],
  known: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  const workbook = new ExcelJs.Workbook();
  const sheet = workbook.addWorksheet(
    layout.title.zh
      .replace(/[[\]*?:/\\（）]/g, ' ')
      .trim()
      .slice(0, 31),
  );
  const choices = workbook.addWorksheet(CHOICES, { state: 'hidden' });
  const lists = new ChoiceLists(choices);
  let row = 1;
  for (const [name, [key]] of layout.lines) {
    if (layout.template!.has(name)) continue;
    sheet.getCell(row, 1).value = `${key}：`;
    sheet.getCell(row, 1).note = noteOf(layout, name);
    format(sheet.getCell(row, 2), layout, name);
    if (known[name]) sheet.getCell(row, 2).value = known[name];
    offer(sheet, `B${row}`, lists.of(choicesOf(layout, name, units)));
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
    sheet.getCell(header + 1, column).value = column === 1 ? EXAMPLE : exampleOf(layout, name, units);
    const letter = sheet.getColumn(column).letter;
    offer(sheet, `${letter}${header + 1}:${letter}${LAST_ROW}`, lists.of(choicesOf(layout, name, units)));
  }
  sheet.views = [{ state: 'frozen', ySplit: header }];
  return Buffer.from(await workbook.xlsx.writeBuffer());
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

const isUnit = (layout: Layout, name: string): boolean =>
  (layout.organs.includes(name) && !layout.codes.has(name)) || UNIT_COLUMNS.has(name);

function choicesOf(layout: Layout, name: string, units: readonly string[]): readonly string[] {
  if (isUnit(layout, name)) return units;
  if (name === 'kind' && layout.rows === 'quarter_lists') return ['行政许可', '失信'];
  if (CHOICES_OF[name]) return CHOICES_OF[name];
  const values = layout.values.get(name);
  if (!values) return [];
  const words = [...values.keys()].filter((text) => /\p{Script=Han}/u.test(text));
  // Of licences and penalties the list gives the words only as values of codes.
  return words.length > 0 ? words : [...new Set(values.values())].filter((text) => /\p{Script=Han}/u.test(text));
}

function noteOf(layout: Layout, name: string): string {
  const must = layout.required.includes(name) || layout.oneOf.includes(name) ? '必填。' : '选填。';
  if (layout.days.has(name)) return `${must}日期，如 2025-04-01；有时间的一并填写，如 2025-04-01 09:30。`;
  if (layout.numbers.has(name)) return `${must}文本格式，长编号不得变成科学计数。`;
  if (name === 'subject') return `${must}18 位统一社会信用代码，文本格式。`;
  if (name === 'fine' || name === 'confiscated') return `${must}金额，单位见表头；也可写明单位，如 2000元。`;
  if (isUnit(layout, name)) return `${must}单位名称，可从下拉列表选取。`;
  return must;
}

interface Formatted {
  numFmt?: string | undefined;
}

function format(place: Formatted, layout: Layout, name: string): void {
  if (layout.days.has(name)) place.numFmt = 'yyyy-mm-dd';
  else if (layout.numbers.has(name) || name === 'subject') place.numFmt = '@';
}

function exampleOf(layout: Layout, name: string, units: readonly string[]): string {
  if (layout.days.has(name)) return '2025-04-01';
  if (name === 'subject') return '91350100M000100Y43';
  if (layout.numbers.has(name)) return '示例〔2025〕1号';
  return choicesOf(layout, name, units)[0] ?? '';
}
