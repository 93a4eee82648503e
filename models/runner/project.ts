/** All that a build depends on besides the events: the models, one rule set, the calendar. */
import { createHash } from 'node:crypto';
import { loadCalendar } from '../calendar/load-calendar.ts';
import type { WorkCalendar } from '../calendar/work-calendar.ts';
import { BUILTIN, type Catalogue } from '../ruleset/catalogue.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';
import type { ModelGraph } from './compile-graph.ts';
import { loadModels } from './load-models.ts';

export interface Project {
  graph: ModelGraph;
  ruleSet: RuleSet;
  calendar: WorkCalendar;
}

/** @throws ModelError, RuleSetError, CalendarError: each says which file is wrong. */
export function loadProject(
  options: { dataDir?: string; ruleset?: string } = {},
  catalogue: Catalogue = BUILTIN,
): Project {
  return {
    graph: loadModels(catalogue),
    ruleSet: findRuleSet(options.ruleset ?? 'nantong-etdz', options.dataDir, catalogue),
    calendar: loadCalendar(options.dataDir),
  };
}

/** Builds of one fingerprint are comparable; another one builds every quarter again. */
export function fingerprintOf({ graph, ruleSet, calendar }: Project): string {
  return createHash('sha256').update(`${graph.hash}\n${ruleSet.hash}\n${calendar.hash}`).digest('hex').slice(0, 32);
}
