import { roundExact } from '@hengjian/contract/round-exact.ts';
import type { PublishedQuarter } from '@hengjian/models';
import type { Block, Cell, DocumentColumn, TableBlock } from '../document.ts';
import { count, NONE, nOfN, points } from './figures.ts';
import { isScored } from './is-scored.ts';
import { minuteName } from './words.ts';

/** The score matrix, the weights after reallocation, and how the publication is verified. */
export function annexes(quarter: PublishedQuarter): Block[] {
  const scored = isScored(quarter);
  return [
    { kind: 'heading', text: `附件1　${scored ? '评分' : '指标'}矩阵` },
    matrix(quarter, scored),
    ...(scored ? reallocation(quarter) : []),
    { kind: 'heading', text: `附件${scored ? 3 : 2}　数据时点与核验` },
    ...verification(quarter, scored).map((text): Block => ({ kind: 'text', text })),
  ];
}

function matrix({ snapshot, items, unitNames }: PublishedQuarter, scored: boolean): TableBlock {
  const columns: DocumentColumn[] = [
    ...(scored ? [{ title: '名次', align: 'right' as const, width: 6 }] : []),
    { title: '单位', align: 'left', width: 16 },
    ...items.map(({ name }) => ({ title: name, align: 'right' as const, width: 9 })),
    ...(scored ? [{ title: '总分', align: 'right' as const, width: 8 }] : []),
  ];
  const rows = snapshot.units
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ unit, rank, total, items: scores }): Cell[] => [
      ...(scored ? [count(rank)] : []),
      unitNames.get(unit) ?? unit,
      ...items.map(({ item }): Cell => {
        const score = scores.find((one) => one.item === item);
        if (!score) return NONE;
        return score.points === null ? nOfN(score.numerator, score.denominator) : points(score.points);
      }),
      ...(scored ? [points(total)] : []),
    ]);
  const note = scored
    ? '“—”为该单位无此项职责，其分值已按比例调整至其他指标（见附件2）。'
    : '单元格为完成数/应完成数。';
  const name = scored ? '评分矩阵' : '指标矩阵';
  return { kind: 'table', caption: name, sheet: name, columns, rows, landscape: true, note };
}

function reallocation({ snapshot, items, unitNames }: PublishedQuarter): Block[] {
  const heading: Block = { kind: 'heading', text: '附件2　分值调整表' };
  const changed = snapshot.units.filter(({ items: scores }) => scores.length < items.length);
  if (changed.length === 0) return [heading, { kind: 'text', text: '各单位均承担全部指标，分值没有调整。' }];
  const rows = changed.map(({ unit, items: scores }): Cell[] => [
    unitNames.get(unit) ?? unit,
    items
      .filter(({ item }) => !scores.some((one) => one.item === item))
      .map(({ name }) => name)
      .join('、'),
    scores
      .map(({ item, weight }) => `${items.find((one) => one.item === item)?.name ?? item}${roundExact(weight ?? '0')}`)
      .join('、'),
  ]);
  return [
    heading,
    {
      kind: 'table',
      caption: '分值调整表',
      sheet: '分值调整',
      columns: [
        { title: '单位', align: 'left', width: 16 },
        { title: '无此项职责', align: 'left', width: 36 },
        { title: '调整后满分', align: 'left', width: 48 },
      ],
      rows,
    },
  ];
}

function verification({ record, recordSha256, snapshot }: PublishedQuarter, scored: boolean): string[] {
  return [
    `数据时点：采用${minuteName(record.as_of)}以前记录、时间不晚于${snapshot.cutoff}终了的事件，共${record.events.count}条。`,
    `发布：第${record.sequence}号，${record.quarter}第${record.number}次，${minuteName(record.published_at)}，发布人${record.by}。`,
    `${scored ? '评分' : '指标'}快照 SHA-256：${record.snapshot_sha256}`,
    `事件摘要 SHA-256：${record.events.sha256}`,
    `规则集文本 SHA-256：${snapshot.ruleset.sha256}`,
    `发布记录 SHA-256：${recordSha256}`,
    `核验：hengjian verify ${record.quarter} --replay --ruleset ${snapshot.ruleset.id}`,
  ];
}
