/** One page for leaders: where the quarter stands, who moved, what cost most. Out of the publication only. */
import { percentText, roundExact } from '@hengjian/contract/round-exact.ts';
import type { PublishedQuarter } from '@hengjian/models';
import { kindWord } from '@hengjian/models/ruleset/kind-word.ts';
import Fraction from 'fraction.js';
import { rankingBars } from '../charts/ranking-bars.ts';
import { isScored } from '../circular/is-scored.ts';
import { dayName, periodName } from '../circular/words.ts';
import type { Block, Document } from '../document.ts';

/** @param issuer who issues it */
export function buildBrief(quarter: PublishedQuarter, issuer: string): Document {
  const { record, recordSha256 } = quarter;
  const spec = rankingBars(quarter);
  const blocks: Block[] = [
    ...sentences(quarter).map((text): Block => ({ kind: 'text', text })),
    ...(spec ? [{ kind: 'chart' as const, caption: '各单位总分', alt: '各单位总分条形图', spec }] : []),
  ];
  return {
    title: `${periodName(record.quarter)}${isScored(quarter) ? '评分' : '指标'}要情`,
    number: '',
    addressees: '',
    blocks,
    issuer,
    day: dayName(record.published_at),
    at: record.published_at,
    footer: `发布记录 SHA-256 ${recordSha256}`,
    qr: `score-publication-v1 ${record.quarter} #${record.number} ${recordSha256}`,
    annexes: [],
  };
}

function sentences(quarter: PublishedQuarter): string[] {
  return [standing(quarter), ...rates(quarter), moved(quarter), lost(quarter), contested(quarter)].filter(
    (text) => text !== '',
  );
}

/** Most in a brief of one page; all of them stand in the circular. */
const RATES = 14;

/** Of a rule set without points: what all units together did of each item, and who did least. */
function rates(quarter: PublishedQuarter): string[] {
  const { snapshot, items, unitNames } = quarter;
  if (isScored(quarter)) return [];
  const texts = items.flatMap(({ item, name }) => {
    const own = snapshot.units.flatMap(({ unit, items: all }) => {
      const rate = all.find((one) => one.item === item);
      return rate?.denominator ? [{ unit, ...rate, n: rate.numerator ?? 0, of: rate.denominator }] : [];
    });
    if (own.length === 0) return [];
    const sum = (of: (one: (typeof own)[number]) => number) => own.reduce((all, one) => all + of(one), 0);
    const last = own.toSorted((a, b) => (b.rank ?? 0) - (a.rank ?? 0))[0]!;
    const behind = (last.rank ?? 1) > 1 ? `，末位${unitNames.get(last.unit) ?? last.unit}（${last.n}/${last.of}）` : '';
    const [n, of] = [sum((one) => one.n), sum((one) => one.of)];
    return [`${name}${n}/${of}（${percentText(n, of)}）${behind}`];
  });
  return texts.length > 0 ? [`各指标完成数/应完成数合计：${texts.slice(0, RATES).join('；')}。`] : [];
}

function standing({ snapshot, unitNames, record, before }: PublishedQuarter): string {
  const units = snapshot.units.filter(({ total }) => total !== null);
  const corrected = record.kind === 'corrected' ? `本次为更正（第${record.number}次发布）：${record.reason}。` : '';
  if (units.length === 0) return `${corrected}覆盖${snapshot.units.length}个成员单位，本规则集按指标排名，不汇总总分。`;
  const mean = meanOf(units.map(({ total }) => total!));
  const earlier = before?.snapshot.units.flatMap(({ total }) => (total === null ? [] : [total])) ?? [];
  const sorted = units.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const name = ({ unit, total }: (typeof units)[number]) => `${unitNames.get(unit) ?? unit}（${roundExact(total!)}分）`;
  const change = earlier.length > 0 ? `，${changeText(mean.sub(meanOf(earlier)))}` : '';
  const few = Math.min(3, Math.floor(sorted.length / 2));
  const ends =
    few > 0
      ? `居前的是${sorted.slice(0, few).map(name).join('、')}；靠后的是${sorted.slice(-few).map(name).join('、')}。`
      : '';
  return `${corrected}${units.length}个成员单位平均${roundExact(mean.toFraction())}分${change}。${ends}`;
}

function moved({ snapshot, before, unitNames }: PublishedQuarter): string {
  const earlier = new Map(before?.snapshot.units.map(({ unit, rank }) => [unit, rank]));
  const moves = snapshot.units.flatMap(({ unit, rank }) => {
    const was = earlier.get(unit);
    return rank === null || was === null || was === undefined || was === rank ? [] : [{ unit, by: was - rank }];
  });
  if (moves.length === 0) return '';
  const words = moves
    .toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by))
    .slice(0, 4)
    .map(({ unit, by }) => `${unitNames.get(unit) ?? unit}${by > 0 ? '上升' : '下降'}${Math.abs(by)}位`);
  return `与上季度相比，名次变化最大的是：${words.join('、')}。`;
}

function lost(quarter: PublishedQuarter): string {
  const rows = quarter.lost;
  const what = isScored(quarter) ? '失分明细' : '未办和逾期明细';
  if (rows.length === 0) return `各单位没有${what}。`;
  const kinds = [...Map.groupBy(rows, ({ kind }) => kind)]
    .map(([kind, own]) => ({ kind, n: own.length }))
    .sort((a, b) => b.n - a.n)
    .slice(0, 4);
  return `${what}共${rows.length}条，较多的是${kinds.map(({ kind, n }) => `${kindWord(kind)}${n}条`).join('、')}。`;
}

function contested({ objections }: PublishedQuarter): string {
  if (objections.length === 0) return '';
  const answered = objections.filter(({ state }) => state === 'answered');
  const upheld = answered.filter(({ outcome }) => outcome !== 'rejected').length;
  return `收到异议${objections.length}件，已答复${answered.length}件，其中成立或部分成立${upheld}件。`;
}

function meanOf(totals: readonly string[]): Fraction {
  return totals.reduce((sum, total) => sum.add(new Fraction(total)), new Fraction(0)).div(totals.length);
}

function changeText(change: Fraction): string {
  if (change.equals(0)) return '与上季度持平';
  return `较上季度${change.compare(0) > 0 ? '上升' : '下降'}${roundExact(change.abs().toFraction())}分`;
}
