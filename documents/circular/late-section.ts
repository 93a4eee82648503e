import type { PublishedQuarter } from '@hengjian/models';
import type { Cell, DocumentColumn } from '../document.ts';
import type { Section } from './build-circular.ts';
import { dayName, KINDS } from './words.ts';

const LISTED = 60;

const COUNTS: readonly DocumentColumn[] = [
  { title: '单位', align: 'left', width: 40 },
  { title: '事项', align: 'left', width: 30 },
  { title: '数量', align: 'right', width: 14 },
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
export function lateSection({ lost, unitNames, items }: PublishedQuarter): Section {
  const title = '逾期与未完成事项';
  if (lost.length === 0) return { title, blocks: [{ kind: 'text', text: '本季度没有逾期或未完成事项。' }] };
  const nameOf = new Map(items.map(({ item, name }) => [item, name]));
  const unit = (id: string) => unitNames.get(id) ?? id;
  const counted = new Map<string, number>();
  for (const row of lost) {
    const key = `${unit(row.unit)}\t${KINDS[row.kind] ?? row.kind}`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  const counts = [...counted].map(([key, n]): Cell[] => {
    const [name = '', kind = ''] = key.split('\t');
    return [name, kind, { value: n, text: String(n) }];
  });
  const rows = lost.map((row): Cell[] => [
    unit(row.unit),
    nameOf.get(row.item) ?? row.item,
    KINDS[row.kind] ?? row.kind,
    row.key,
    row.due ? dayName(row.due) : '—',
    row.happened ? dayName(row.happened) : '未完成',
  ]);
  const more = rows.length > LISTED ? `此处列前${LISTED}条，共${rows.length}条，全部见电子表格。` : '';
  return {
    title,
    blocks: [
      { kind: 'text', text: `本季度记录逾期与未完成事项共${rows.length}项，按单位和事项统计如下。` },
      { kind: 'table', caption: '逾期与未完成事项统计', sheet: '逾期统计', columns: COUNTS, rows: counts },
      {
        kind: 'table',
        caption: '逾期与未完成事项清单',
        sheet: '逾期清单',
        columns: LIST,
        rows,
        shownRows: LISTED,
        ...(more ? { note: more } : {}),
      },
    ],
  };
}
