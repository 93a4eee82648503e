/** The account of a table that nothing is stored of yet, as a page shows it. */
import type { FilePreview, RowFault, SheetPreview } from '@hengjian/contract/table-imports.ts';
import { isFaultHeader } from '../faults/sheet-faults.ts';
import type { ReadSheet, ReadTable } from './open-table.ts';
import type { PlanEntry } from './table-plan.ts';

/** So many of each are named; all are counted. */
export const MOST_NAMED = 200;

export const NOTHING_READ: Omit<FilePreview, 'name' | 'unreadable'> = {
  format: '',
  encoding: '',
  sheets: [],
  counts: { fresh: 0, known: 0, knownVoided: 0, corrected: 0, refused: 0, foreign: 0 },
  byType: {},
  days: null,
  faults: [],
  foreign: [],
  corrections: [],
  unmatched: [],
};

/** @param name what the file is called where it came from */
export function previewTable({ format, encoding, sheets, plan, unmatched }: ReadTable, name: string): FilePreview {
  const foreign = plan.entries.filter((entry) => entry.foreign);
  const faults = plan.entries.filter((entry) => entry.refusal && !entry.foreign);
  const counts = plan.counts();
  const corrected = plan.corrections.length;
  const faultOf = ({ sheet, row, refusal }: PlanEntry): RowFault => ({
    sheet: sheets[sheet]!.name,
    row,
    reason: refusal!.reason,
    detail: refusal!.detail,
  });
  return {
    name,
    unreadable: null,
    format,
    encoding,
    sheets: sheets.map(sheetPreview),
    counts: {
      fresh: counts.accepted - corrected,
      known: counts.duplicate,
      knownVoided: plan.entries.filter(({ voided, expected }) => voided && expected === 'duplicate').length,
      corrected,
      refused: faults.length,
      foreign: foreign.length,
    },
    byType: counts.byType,
    days: daysOf(plan.entries),
    faults: faults.slice(0, MOST_NAMED).map(faultOf),
    foreign: foreign.slice(0, MOST_NAMED).map(faultOf),
    corrections: plan.corrections.slice(0, MOST_NAMED).map(({ of }, index) => {
      const { sheet, row, type } = plan.placeOf(index);
      const { department, time, id } = of;
      return { sheet: sheets[sheet]!.name, row, department, day: time.slice(0, 10), type, id };
    }),
    unmatched,
  };
}

function daysOf(entries: readonly PlanEntry[]): FilePreview['days'] {
  let first = '';
  let last = '';
  for (const { id, time, foreign } of entries) {
    if (id === '' || foreign) continue;
    const day = time.slice(0, 10);
    if (first === '' || day < first) first = day;
    if (day > last) last = day;
  }
  return first === '' ? null : { first, last };
}

function sheetPreview({ name, header, skipped }: ReadSheet): SheetPreview {
  const { layout, firstRow, lastRow, columns, texts, lines } = header;
  const taken = new Set(columns.values());
  return {
    name,
    firstRow,
    lastRow,
    layout: { id: layout.id, zh: layout.title.zh, en: layout.title.en },
    columns: [...columns].map(([member, index]) => ({
      text: texts[index] ?? '',
      member,
      mandatory: layout.required.includes(member) || layout.oneOf.includes(member),
    })),
    others: texts.filter((text, index) => text !== '' && !taken.has(index) && !isFaultHeader(text)),
    lines: [...lines.keys()],
    skipped,
  };
}
