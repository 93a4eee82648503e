/** 每季度末报送清单: a list per unit, quarter, kind and day; without rows it is a zero report (office-files §5). */
import { fold } from '../cells/cell.ts';
import type { Day } from '../cells/day.ts';
import { RowCells } from '../cells/row-cells.ts';
import { type Refusal, type RowEvent, refused, timeOf } from './row-event.ts';
import {
  dayOf,
  departmentOf,
  isRefusal,
  numberOf,
  type RowReading,
  recordOf,
  type TableSettings,
} from './row-reading.ts';
import { type TableColumns, TableRow } from './table-row.ts';

interface List {
  unit: string;
  quarter: string;
  kind: 'licence' | 'dishonest';
  sent: Day;
  row: number;
  rows: Map<string, { uscc: string; doc_no: string; decided_on: string }>;
}

const QUARTER = /^(20\d\d)(?:Q([1-4])|年?第?([1-4一二三四])季度?)$/;
const CHINESE = '一二三四';

/** @param lines the lines above the header, as a row without cells */
export function readQuarterLists(settings: TableSettings, lines: TableColumns): RowReading {
  const lists = new Map<string, List>();
  return {
    take(row) {
      const number = (line: TableRow) => numberOf(line, 'doc', 'there is no number of the document');
      const record = recordOf(row, settings, number, 'decided');
      if (isRefusal(record)) return record;
      const list = listOf(row, record.unit, lists);
      if (isRefusal(list)) return list;
      const { subject: uscc, number: doc_no, day } = record;
      const key = `${uscc}\n${fold(doc_no)}`;
      if (!list.rows.has(key)) list.rows.set(key, { uscc, doc_no, decided_on: day.day });
      return { events: [] };
    },
    end(rows) {
      if (rows === 0) {
        const above = new TableRow(settings.headerRow, new RowCells(), lines);
        const department = departmentOf(above, settings);
        if (isRefusal(department)) return [department];
        const list = listOf(above, department.unit, lists);
        if (isRefusal(list)) return [list];
      }
      return [...lists.values()].map((list) => ({ events: [submitted(list, settings)] }));
    },
  };
}

function listOf(row: TableRow, unit: string, lists: Map<string, List>): List | { refused: Refusal } {
  const sent = dayOf(row, 'sent');
  if (isRefusal(sent)) return sent;
  const quarter = quarterOf(row.text('quarter'));
  if (isRefusal(quarter)) return quarter;
  const kind = kindOf(row.text('kind'));
  if (isRefusal(kind)) return kind;
  const key = [unit, quarter.text, kind.text, sent.day].join('\n');
  const list = lists.get(key) ?? {
    unit,
    quarter: quarter.text,
    kind: kind.text,
    sent,
    row: row.number,
    rows: new Map(),
  };
  lists.set(key, list);
  return list;
}

function submitted({ unit, quarter, kind, sent, row, rows }: List, { layout }: TableSettings): RowEvent {
  return {
    type: 'quarter_list.submitted',
    time: timeOf('quarter_list.submitted', sent),
    department: unit,
    data: { layout: layout.id, quarter, kind, rows: [...rows.values()] },
    row,
  };
}

function quarterOf(text: string): { text: string } | { refused: Refusal } {
  if (text === '') return refused('missing_member', 'there is no quarter');
  const match = QUARTER.exec(fold(text));
  if (!match) return refused('not_in_list', `${JSON.stringify(text.slice(0, 80))} is no quarter like 2025Q2`);
  const digit = match[2] ?? match[3]!;
  const number = CHINESE.includes(digit) ? CHINESE.indexOf(digit) + 1 : Number(digit);
  return { text: `${match[1]}Q${number}` };
}

function kindOf(text: string): { text: 'licence' | 'dishonest' } | { refused: Refusal } {
  if (text === '') return refused('missing_member', 'there is no kind of list');
  if (text.includes('许可')) return { text: 'licence' };
  if (text.includes('失信') || text.includes('处罚')) return { text: 'dishonest' };
  return refused(
    'not_in_list',
    `${JSON.stringify(text.slice(0, 80))} is neither a list of licences nor of dishonest acts`,
  );
}
