import type { PublishedQuarter } from '@hengjian/models';
import { kindWord } from '@hengjian/models/ruleset/kind-word.ts';
import type { Cell, DocumentColumn } from '../document.ts';
import type { Section } from './build-circular.ts';
import { thisPeriod } from './words.ts';

/** A longer list is for the workbook. */
const LISTED = 60;

const COUNTS: readonly DocumentColumn[] = [
  { title: '单位', align: 'left', width: 24 },
  { title: '合计', align: 'right', width: 9 },
  { title: '其中', align: 'left', width: 60 },
];
const LIST: readonly DocumentColumn[] = [
  { title: '单位', align: 'left', width: 24 },
  { title: '指标', align: 'left', width: 24 },
  { title: '事项', align: 'left', width: 16 },
  { title: '对象', align: 'left', width: 26 },
  { title: '期限', align: 'left', width: 18 },
  { title: '完成', align: 'left', width: 18 },
];

/** 逾期与未完成事项: counted by unit and kind, then listed. Subjects stand with their code only: no natural person is named. */
export function lateSection({ lost, unitNames, items, record }: PublishedQuarter): Section {
  const title = '逾期与未完成事项';
  const during = thisPeriod(record.quarter);
  if (lost.length === 0) return { title, blocks: [{ kind: 'text', text: `${during}没有逾期或未完成事项。` }] };
  const nameOf = new Map(items.map(({ item, name }) => [item, name]));
  const unit = (id: string) => unitNames.get(id) ?? id;
  const counts = [...Map.groupBy(lost, (row) => row.unit)].map(([id, own]): Cell[] => {
    const kinds = [...Map.groupBy(own, ({ kind }) => kindWord(kind))].map(([kind, { length }]) => `${kind}${length}`);
    return [unit(id), { value: own.length, text: String(own.length) }, kinds.join('、')];
  });
  const rows = lost.map((row): Cell[] => [
    unit(row.unit),
    nameOf.get(row.item) ?? row.item,
    kindWord(row.kind),
    row.key,
    row.due ?? '—',
    row.happened ?? '未完成',
  ]);
  const long = rows.length > LISTED;
  const where = long ? '逐项清单见本通报的电子表格（工作表“逾期清单”）。' : '';
  return {
    title,
    blocks: [
      { kind: 'text', text: `${during}记录逾期与未完成事项共${rows.length}项，按单位和事项统计如下。${where}` },
      { kind: 'table', caption: '逾期与未完成事项统计', sheet: '逾期统计', columns: COUNTS, rows: counts },
      { kind: 'table', caption: '逾期与未完成事项清单', sheet: '逾期清单', columns: LIST, rows, workbookOnly: long },
    ],
  };
}
