import { heatIndicatorsOf } from '@hengjian/models/queries/heat-indicators.ts';
import { findRuleSet } from '@hengjian/models/ruleset/load-rule-sets.ts';
import { expect, test } from 'vitest';
import { type HeatUnitWeekRow, unitLines, unitWeekCells } from './unit-week-cells.ts';

const row = (unit: string, ord: number, indicator: HeatUnitWeekRow['indicator']): HeatUnitWeekRow => ({
  unit,
  unit_name: unit.toUpperCase(),
  unit_name_en: '',
  ord,
  indicator,
  week: 0,
  numerator: 3,
  denominator: 5,
});
const heatIndicators = heatIndicatorsOf(findRuleSet('nantong-etdz'));
const names = { indicator: (id: string) => `<${id}>`, locale: 'zh-CN' as const };

test('lines are units or indicators, each with its meaning', () => {
  expect(unitWeekCells([row('b', 1, 'login')], 'units', heatIndicators, names)).toMatchObject([
    { line: 'b', lineName: 'B', kind: 'achieved', complete: true },
  ]);
  expect(unitWeekCells([row('b', 1, 'licence_late')], 'indicators', heatIndicators, names)).toMatchObject([
    { line: 'licence_late', lineName: '<licence_late>', kind: 'late', complete: false },
  ]);
});

test('units come in the order of the rule set, once each', () => {
  expect(unitLines([row('z', 0, 'claim'), row('a', 1, 'claim'), row('z', 0, 'login')], 'en')).toEqual([
    { line: 'z', name: 'z'.toUpperCase() },
    { line: 'a', name: 'A' },
  ]);
});
