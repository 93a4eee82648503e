import type { IndicatorSet } from './load-indicators.ts';

export interface DescribedIndicator {
  indicator: string;
  name: { zh: string; en: string };
  family: string;
  clause: string;
}

/** In words. A tier may rest on an indicator that the office has since taken out or renamed: then its id is all there is. */
export function describeIndicator(set: IndicatorSet, id: string): DescribedIndicator {
  const indicator = set.indicators.find((candidate) => candidate.id === id);
  const rule = indicator ?? set.direct.find((candidate) => candidate.id === id);
  if (!rule) return { indicator: id, name: { zh: id, en: id }, family: 'unknown', clause: '' };
  return { indicator: id, name: rule.name, family: indicator?.family ?? 'direct', clause: rule.clause };
}
