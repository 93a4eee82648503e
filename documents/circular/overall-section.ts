import { roundExact } from '@hengjian/contract/round-exact.ts';
import type { PublishedQuarter } from '@hengjian/models';
import Fraction from 'fraction.js';
import { rankingBars } from '../charts/ranking-bars.ts';
import type { ChartBlock, DocumentColumn, TableBlock } from '../document.ts';
import type { Section } from './build-circular.ts';
import { places, points } from './figures.ts';
import { dayName, periodName } from './words.ts';

/** 总体情况: what was counted, the mean and its change, and the ranking. */
export function overallSection(quarter: PublishedQuarter): Section {
  const { snapshot, record, before, ruleSetName } = quarter;
  const ranked = snapshot.units.every(({ total }) => total !== null);
  const scope = `本次${ranked ? '评分' : '通报'}依据《${ruleSetName}》（规则集 ${snapshot.ruleset.id}，版本 ${snapshot.ruleset.version}），覆盖${snapshot.units.length}个成员单位，统计截止${dayName(snapshot.cutoff)}，共采用事件${record.events.count}条。`;
  if (!ranked)
    return {
      title: '总体情况',
      blocks: [{ kind: 'text', text: `${scope}本规则集各指标只计比率、按指标排名，不汇总总分。` }],
    };
  const mean = meanTotal(snapshot);
  const earlier = before && meanTotal(before.snapshot);
  const change =
    before && earlier
      ? `，较${periodName(before.snapshot.quarter)}（${roundExact(earlier.toFraction())}分）${changeText(mean.sub(earlier))}`
      : '';
  const totals = snapshot.units.map(({ total }) => new Fraction(total!)).sort((a, b) => b.compare(a));
  const spread = `最高${roundExact(totals[0]!.toFraction())}分，最低${roundExact(totals.at(-1)!.toFraction())}分`;
  return {
    title: '总体情况',
    blocks: [
      { kind: 'text', text: `${scope}平均得分${roundExact(mean.toFraction())}分${change}；${spread}。` },
      rankingTable(quarter),
      ...rankingChart(quarter),
    ],
  };
}

function rankingChart(quarter: PublishedQuarter): ChartBlock[] {
  const spec = rankingBars(quarter);
  const { snapshot } = quarter;
  const best = snapshot.units.filter(({ rank }) => rank === 1).map(({ unit }) => quarter.unitNames.get(unit) ?? unit);
  return spec
    ? [{ kind: 'chart', caption: '各单位总分', alt: `各单位总分条形图，第1名为${best.join('、')}`, spec }]
    : [];
}

const RANKING: readonly DocumentColumn[] = [
  { title: '名次', align: 'right', width: 10 },
  { title: '单位', align: 'left', width: 36 },
  { title: '总分', align: 'right', width: 14 },
  { title: '上季名次', align: 'right', width: 16 },
  { title: '名次变化', align: 'right', width: 16 },
];

function rankingTable({ snapshot, before, unitNames }: PublishedQuarter): TableBlock {
  const earlier = new Map(before?.snapshot.units.map(({ unit, rank }) => [unit, rank]));
  const rows = snapshot.units
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ unit, rank, total }) => {
      const was = earlier.get(unit) ?? null;
      return [
        { value: rank ?? 0, text: String(rank) },
        unitNames.get(unit) ?? unit,
        points(total),
        was === null ? '—' : { value: was, text: String(was) },
        places(was, rank),
      ];
    });
  return {
    kind: 'table',
    caption: '总分与名次',
    sheet: '总分与名次',
    columns: RANKING,
    rows,
    note: '名次按未取整的总分计算，总分相同者名次相同。',
  };
}

function meanTotal(snapshot: PublishedQuarter['snapshot']): Fraction {
  const sum = snapshot.units.reduce((all, { total }) => all.add(new Fraction(total ?? 0)), new Fraction(0));
  return sum.div(snapshot.units.length || 1);
}

function changeText(change: Fraction): string {
  const size = roundExact(change.abs().toFraction());
  return change.equals(0) ? '持平' : `${change.compare(0) > 0 ? '上升' : '下降'}${size}分`;
}
