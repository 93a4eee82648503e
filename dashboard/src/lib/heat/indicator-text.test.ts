import { heatIndicatorsOf } from '@hengjian/models/queries/heat-indicators.ts';
import { findRuleSet } from '@hengjian/models/ruleset/load-rule-sets.ts';
import { expect, test } from 'vitest';
import { indicatorDefinition, indicatorName, sharedDefinitions } from './indicator-text.ts';

test.each(['zh-CN', 'en'] as const)('in %s a definition is said once, with every indicator that has it', (locale) => {
  for (const indicators of [heatIndicatorsOf(findRuleSet('nantong-etdz')), heatIndicatorsOf(findRuleSet('jieshou'))]) {
    const shared = sharedDefinitions(locale, indicators);
    expect(new Set(shared.map(({ text }) => text)).size).toBe(shared.length);
    for (const indicator of indicators) {
      const said = shared.find(({ text }) => text === indicatorDefinition(locale, indicator));
      expect(said?.names).toContain(indicatorName(locale, indicator));
    }
  }
});

test('a rule set of rates has two: done and in time', () => {
  expect(sharedDefinitions('zh-CN', heatIndicatorsOf(findRuleSet('jieshou')))).toHaveLength(2);
});
