import { roundExact } from '@hengjian/contract/round-exact.ts';
import type { PublishedQuarter } from '@hengjian/models';
import Fraction from 'fraction.js';
import type { Block } from '../document.ts';
import type { Section } from './build-circular.ts';
import { nOfN } from './figures.ts';

/** 突出与落后: the first and the last three by rank, with what they lost most; with n, so that nobody reads much into little. */
export function outstandingSection(quarter: PublishedQuarter): Section {
  const { snapshot } = quarter;
  const title = '较好与靠后的单位';
  if (snapshot.units.some(({ total }) => total === null)) return { title, blocks: perItem(quarter) };
  const ranked = snapshot.units.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const first = ranked.filter(({ rank }) => (rank ?? 0) <= 3);
  const from = ranked.at(-3)?.rank ?? 1;
  const last = ranked.filter((unit) => !first.includes(unit) && (unit.rank ?? 0) >= from);
  return {
    title,
    blocks: [
      ...first.map((unit): Block => ({ kind: 'text', text: sentence(quarter, unit, true) })),
      ...last.map((unit): Block => ({ kind: 'text', text: sentence(quarter, unit, false) })),
    ],
  };
}

type Unit = PublishedQuarter['snapshot']['units'][number];

function sentence(
  { unitNames, items }: PublishedQuarter,
  { unit, rank, total, items: scores }: Unit,
  good: boolean,
): string {
  const name = unitNames.get(unit) ?? unit;
  const nameOf = (item: string) => items.find((one) => one.item === item)?.name ?? item;
  const full = scores.filter(({ weight, points }) => weight === points).map(({ item }) => nameOf(item));
  const lost = scores
    .map((score) => ({ ...score, lost: new Fraction(score.weight ?? 0).sub(new Fraction(score.points ?? 0)) }))
    .filter((score) => score.lost.compare(0) > 0)
    .sort((a, b) => b.lost.compare(a.lost))
    .slice(0, 3)
    .map(({ item, lost: points, numerator, denominator }) => {
      const figures = denominator === null ? '' : `，${numerator}/${denominator}`;
      return `${nameOf(item)}失${roundExact(points.toFraction())}分${figures}`;
    });
  const head = `${name}（第${rank}名，${roundExact(total!)}分）：`;
  const fullText = full.length > 0 ? `${full.length}项满分` : '没有满分项';
  if (good) return `${head}${fullText}${lost.length > 0 ? `；失分主要在${lost.join('；')}` : ''}。`;
  return `${head}失分主要在${lost.join('；') || '无'}；${fullText}。`;
}

function perItem({ snapshot, items, unitNames }: PublishedQuarter): Block[] {
  return items.flatMap(({ item, name }): Block[] => {
    const ranked = snapshot.units.flatMap(({ unit, items: scores }) => {
      const score = scores.find((one) => one.item === item);
      return score?.rank ? [{ unit: unitNames.get(unit) ?? unit, ...score, rank: score.rank }] : [];
    });
    if (ranked.length < 2) return [];
    const worst = Math.max(...ranked.map(({ rank }) => rank));
    const list = (rank: number) =>
      ranked
        .filter((one) => one.rank === rank)
        .map(({ unit, numerator, denominator }) => `${unit}（${nOfN(numerator, denominator)}）`)
        .join('、');
    return [
      { kind: 'text', text: worst === 1 ? `${name}：各单位并列。` : `${name}：第1名${list(1)}；末位${list(worst)}。` },
    ];
  });
}
