import { roundExact } from '@hengjian/contract/round-exact.ts';
import type { PublishedQuarter } from '@hengjian/models';
import Fraction from 'fraction.js';
import type { TopLevelSpec } from 'vega-lite';
import { FONT } from './chart-font.ts';

/** Totals as lying bars in rank order, the mean as a line; undefined in rule sets without totals. */
export function rankingBars({ snapshot, unitNames }: PublishedQuarter): TopLevelSpec | undefined {
  const units = snapshot.units.filter(({ total }) => total !== null);
  if (units.length === 0) return undefined;
  const values = units
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ unit, rank, total }) => ({
      name: `${rank} ${unitNames.get(unit) ?? unit}`,
      total: new Fraction(total!).valueOf(),
      text: roundExact(total!),
    }));
  const sum = units.reduce((all, { total }) => all.add(new Fraction(total!)), new Fraction(0));
  const mean = sum.div(units.length);
  const height = 18 * values.length;
  const label = { type: 'text', align: 'left', dx: 4, fontSize: 10.5 };
  const labels = {
    y: { field: 'name', type: 'nominal', sort: null },
    x: { field: 'total', type: 'quantitative' },
    text: { field: 'text' },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 420,
    height,
    // Without a canvas the width of Chinese letters is guessed too small.
    padding: { left: 48, right: 36, top: 6, bottom: 6 },
    background: '#ffffff',
    config: {
      font: FONT,
      view: { stroke: null },
      axis: {
        labelFontSize: 11,
        titleFontSize: 11,
        titleFontWeight: 'normal',
        labelColor: '#1f2933',
        titleColor: '#52606d',
      },
    },
    data: { values },
    layer: [
      {
        mark: { type: 'bar', color: '#1f5f99', height: 11 },
        encoding: {
          y: {
            field: 'name',
            type: 'nominal',
            sort: null,
            axis: { title: null, domain: false, ticks: false, labelLimit: 300 },
          },
          x: {
            field: 'total',
            type: 'quantitative',
            scale: { domain: [0, Math.max(100, ...values.map(({ total }) => total))] },
            axis: { title: '总分（虚线为平均分）', tickCount: 5, gridColor: '#e4e7eb', domain: false, ticks: false },
          },
        },
      },
      {
        data: { values: [{ mean: mean.valueOf(), text: `平均 ${roundExact(mean.toFraction())}` }] },
        mark: { type: 'rule', color: '#c8611a', strokeDash: [4, 3] },
        encoding: { x: { field: 'mean', type: 'quantitative' } },
      },
      // The line of the mean runs behind the figures, not through them.
      { mark: { ...label, stroke: '#ffffff', strokeWidth: 3 }, encoding: labels },
      { mark: { ...label, color: '#1f2933' }, encoding: labels },
    ],
  } as TopLevelSpec;
}
