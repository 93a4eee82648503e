import { visibleLine } from '@hengjian/contract/visible-text.ts';
import { TIER_SOURCE } from '@hengjian/models/risk/tier-source.ts';

/** Our own by name, others as they call themselves. */
export const tierSourceName = (source: string, own: string): string =>
  source === TIER_SOURCE ? own : visibleLine(source);
