import type { PublishedQuarter } from '@hengjian/models';
import type { DocumentColumn, TableBlock } from '../document.ts';
import type { Section } from './build-circular.ts';
import { count, NONE, points, share } from './figures.ts';

/** 指标情况 and 双随机: a table an item, n and N beside each rate. */
export function itemSections(quarter: PublishedQuarter): Section[] {
  const [draws, others] = split(quarter.items, ({ item }) => item.startsWith('dr_'));
  return [
    { title: '指标完成情况', blocks: others.map((item) => itemTable(quarter, item)) },
    {
      title: '“双随机、一公开”抽查进展',
      blocks:
        draws.length > 0
          ? draws.map((item) => itemTable(quarter, item))
          : [{ kind: 'text', text: '本规则集没有双随机抽查指标。' }],
    },
  ];
}

const column = (title: string, width: number, align: DocumentColumn['align'] = 'right'): DocumentColumn => ({
  title,
  width,
  align,
});

function itemTable(quarter: PublishedQuarter, { item, name, clause }: PublishedQuarter['items'][number]): TableBlock {
  const { snapshot, unitNames, badges } = quarter;
  const entries = snapshot.units.flatMap(({ unit, items }) => {
    const score = items.find((one) => one.item === item);
    return score ? [{ unit, score }] : [];
  });
  const scored = entries.some(({ score }) => score.points !== null);
  const due = entries.some(({ score }) => score.denominator !== null);
  const timed = entries.some(({ score }) => score.on_time !== null);
  const columns = [
    column('单位', 32, 'left'),
    column(due ? '完成数' : '数值', 12),
    ...(due ? [column('应完成数', 13), column('比率', 12)] : []),
    ...(timed ? [column('按时数', 12), column('按时率', 12)] : []),
    ...(scored ? [column('得分', 12), column('满分', 12)] : [column('名次', 12)]),
    column('备注', 16, 'left'),
  ];
  const rows = entries
    .toSorted((a, b) => (unitNames.get(a.unit) ?? a.unit).localeCompare(unitNames.get(b.unit) ?? b.unit, 'zh'))
    .map(({ unit, score }) => [
      unitNames.get(unit) ?? unit,
      count(score.numerator),
      ...(due ? [count(score.denominator), share(score.numerator, score.denominator)] : []),
      ...(timed
        ? [count(score.on_time), share(score.on_time, score.points === null ? score.denominator : score.numerator)]
        : []),
      ...(scored ? [points(score.points), points(score.weight)] : [score.rank ? count(score.rank) : NONE]),
      remarks(badges.get(`${unit}\t${item}`) ?? []),
    ]);
  return { kind: 'table', caption: name, sheet: name, columns, rows, note: `依据：${clause}` };
}

const BADGES: Readonly<Record<string, string>> = {
  no_business: '无业务',
  small_n: '样本不足10',
  near_threshold: '临近门槛',
  below_target: '未达目标',
};

function remarks(badges: readonly string[]): string {
  return badges.flatMap((badge) => BADGES[badge] ?? []).join('、');
}

function split<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}
