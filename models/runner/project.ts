/** All that a build depends on besides the events: the models, the rule sets, the calendar. */
import { createHash } from 'node:crypto';
import { DECLARATIONS } from '@hengjian/warehouse/readable-events.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import type { WorkCalendar } from '../calendar/work-calendar.ts';
import { BUILTIN, type Catalogue } from '../ruleset/catalogue.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { type RuleSet, versionsOf } from '../ruleset/rule-set.ts';
import { DEFAULT_RULE_SET, ruleSetIds } from '../ruleset/rule-set-ids.ts';
import type { ModelGraph } from './compile-graph.ts';
import { loadModels } from './load-models.ts';

export interface Project {
  graph: ModelGraph;
  /** The one that is asked about. */
  ruleSet: RuleSet;
  /** Those that every refresh keeps up to date, the default first; by default `ruleSet`. */
  kept?: readonly RuleSet[];
  calendar: WorkCalendar;
}

export interface ProjectOptions {
  dataDir?: string;
  /** Ids of the rule sets that are kept up to date, separated by commas; the first is the default. */
  ruleset?: string;
  /** Id of the rule set that is asked about, kept or not. */
  asked?: string | undefined;
}

/** @throws ModelError, RuleSetError, CalendarError: each says which file is wrong. */
export function loadProject(options: ProjectOptions = {}, catalogue: Catalogue = BUILTIN): Project {
  const { dataDir, ruleset = DEFAULT_RULE_SET, asked } = options;
  const kept = ruleSetIds(ruleset).map((id) => findRuleSet(id, dataDir, catalogue));
  const ruleSet =
    asked === undefined ? kept[0]! : (kept.find(({ id }) => id === asked) ?? findRuleSet(asked, dataDir, catalogue));
  const only = kept.length === 1 && ruleSet === kept[0];
  return { graph: loadModels(catalogue), ruleSet, ...(only ? {} : { kept }), calendar: loadCalendar(dataDir) };
}

export function keptRuleSets({ kept, ruleSet }: Pick<Project, 'kept' | 'ruleSet'>): readonly RuleSet[] {
  return kept ?? [ruleSet];
}

/** Builds of one fingerprint are comparable; another one builds every quarter of the rule set again. */
export function fingerprintOf({ graph, ruleSet, calendar }: Project): string {
  return createHash('sha256')
    .update(
      `${graph.hash}\n${versionsOf(ruleSet)
        .map(({ hash }) => hash)
        .join(' ')}\n${calendar.hash}\n${DECLARATIONS}`,
    )
    .digest('hex')
    .slice(0, 32);
}
