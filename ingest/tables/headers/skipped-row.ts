/** Rows below the header that are no data (office-files §3). Blank ones are not even counted. */
import { cellText, fold, isFilled, isNothing } from '../cells/cell.ts';
import type { RowCells } from '../cells/row-cells.ts';
import { headerKey, spells } from '../layouts/layout.ts';
import type { Header } from './find-header.ts';

const TOTAL = /^(?:合计|总计|小计|共计|累计)数?:?\d*$/;
const EXAMPLE = /^(?:示例|样例|案例|\(示例\)|\(样例\)|例:)|请删除/;
const HELP = /^(?:必填|选填|非必填|可填|格式)/;
const NOTE = /^(?:(?:填[表写报]|表格)?说明|备?注:|(?:[填制]表|填报|审核)人|单位负责人|(?:导出|打印)时间)/;
const NUMBERING = '序号';
/** Every text that one of the patterns finds holds one of these. */
const HINT = /[计例案请填选格说备注人时]/;

export type RowKind = 'data' | 'blank' | 'skipped';

export function kindOfRow(cells: RowCells, header: Header): RowKind {
  const shown: string[] = [];
  let first = 0;
  cells.each((cell, column) => {
    const text = cellText(cell);
    if (isNothing(text)) return;
    if (shown.length === 0) first = column;
    shown.push(text);
  });
  if (shown.length === 0) return 'blank';
  if (shown.length === 1 && /^\p{Nd}+$/u.test(shown[0]!) && headerKey(header.texts[first] ?? '') === NUMBERING)
    return 'blank';
  // Folding each cell of each row would take longer than all the rest.
  const texts = shown.map((text) => (HINT.test(text) ? fold(text) : undefined));
  const skipped =
    texts.slice(0, 2).some((text) => text !== undefined && TOTAL.test(text)) ||
    texts.some((text) => text !== undefined && EXAMPLE.test(text)) ||
    texts.every((text) => text !== undefined && HELP.test(text)) ||
    (texts[0] !== undefined && NOTE.test(texts[0])) ||
    repeatsHeader(cells, header);
  return skipped ? 'skipped' : 'data';
}

/** A header or a row of codes again: at least two cells, each a spelling of its own column. */
function repeatsHeader(cells: RowCells, { layout, columns, repeated }: Header): boolean {
  let spelled = 0;
  for (const [name, column] of columns) {
    const cell = cells.get(column);
    if (!isFilled(cell)) continue;
    const key = headerKey(cellText(cell));
    if (!spells(layout.columns.get(name)!, key) && !repeated.get(column)!.includes(key)) return false;
    spelled += 1;
  }
  return spelled >= 2;
}
